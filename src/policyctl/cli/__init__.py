"""The command line: one file per noun. Parse, call, print, exit. `main.run` is the only place that catches."""
