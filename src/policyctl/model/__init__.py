"""The vocabulary: frozen types, no effects. Imports nothing else of policyctl."""
