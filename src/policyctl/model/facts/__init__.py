"""The types of `input.facts`, one file per kind. The JSON Schemas come from here."""
