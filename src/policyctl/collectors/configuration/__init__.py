"""Configuration files as Conftest reads them: policies written for it find what they know.

Each format has a file of its own here. `formats` tells which one a file is in, `collecting` makes subjects.
"""
