"""Scanning: what runs already, decided as it would be now."""
