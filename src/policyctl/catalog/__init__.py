"""Reads the content folders (controls_catalog, mappings, profiles) into one catalog, and says where they disagree."""
