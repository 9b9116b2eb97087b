package policyctl.lib.numbers

parsed(text) := to_number(text)
