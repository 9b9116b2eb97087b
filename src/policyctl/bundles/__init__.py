"""Builds the bundle that decides: Rego and catalog in one reproducible archive, named by the digest of its content."""
