"""The record of decisions: append-only, hash-chained, verifiable by outsiders."""

from policyctl.ledger.entry import Entry, NewEntry
from policyctl.ledger.interface import Ledger
from policyctl.ledger.opening import initialise_ledger, open_ledger

__all__ = ["Entry", "Ledger", "NewEntry", "initialise_ledger", "open_ledger"]
