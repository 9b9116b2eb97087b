"""Bundles of policies that were written for Conftest: their rules become controls, their text stays as it is."""
