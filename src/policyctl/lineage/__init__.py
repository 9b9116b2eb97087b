"""How a version of a model came to be: a graph of what its facts name, each part marked with what the controls say of it."""
