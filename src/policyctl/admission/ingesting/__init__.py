"""Decisions of OPAs that others run, taken from their decision logs: a record of what they say, and nothing that policyctl has derived."""
