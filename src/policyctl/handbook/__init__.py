"""The handbook of controls: a page for each, with its examples and what it says of them, as a site."""
