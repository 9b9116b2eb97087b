"""The functions and triggers that make the tables append-only for every ordinary role, their owner included.

They keep programs from accidents and roles from what they were not granted. A superuser, or the owner, can switch them
off: what is done then, `verify` finds.
"""

from __future__ import annotations

from policyctl.ledger.postgres.tables import SCHEMA

FUNCTIONS = {
    "refuse": "BEGIN RAISE EXCEPTION 'the ledger is append-only'; END",
    "refuse_unless_empty": """
BEGIN
    IF EXISTS (SELECT 1 FROM policyctl.entries) THEN
        RAISE EXCEPTION 'the ledger is append-only: its id stays';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END""",
    "refuse_unless_body_erased": """
BEGIN
    IF NEW.body IS NOT NULL
        OR (NEW.stream, NEW.seq, NEW.v, NEW.id, NEW.time, NEW.kind, NEW.body_sha256, NEW.prev, NEW.hash)
            IS DISTINCT FROM
            (OLD.stream, OLD.seq, OLD.v, OLD.id, OLD.time, OLD.kind, OLD.body_sha256, OLD.prev, OLD.hash)
        OR NOT EXISTS (
            SELECT 1 FROM policyctl.entries
            WHERE kind = 'erasure' AND position(convert_to(OLD.id, 'UTF8') IN body) > 0)
    THEN
        RAISE EXCEPTION 'the ledger is append-only: a body goes only by a recorded erasure';
    END IF;
    RETURN NEW;
END""",
    "refuse_unless_blob_erased": """
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM policyctl.entries
        WHERE kind = 'erasure' AND position(convert_to(OLD.sha256, 'UTF8') IN body) > 0)
    THEN
        RAISE EXCEPTION 'the ledger is append-only: a blob goes only by a recorded erasure';
    END IF;
    RETURN OLD;
END""",
}
"""By name, the PL/pgSQL of each."""

TRIGGERS = {
    ("meta", "meta_stays"): ("BEFORE DELETE OR UPDATE", "ROW", "refuse_unless_empty"),
    ("meta", "meta_is_not_emptied"): ("BEFORE TRUNCATE", "STATEMENT", "refuse"),
    ("entries", "entries_stay"): ("BEFORE DELETE", "ROW", "refuse"),
    ("entries", "entries_are_not_emptied"): ("BEFORE TRUNCATE", "STATEMENT", "refuse"),
    ("entries", "headers_and_bodies_stay"): ("BEFORE UPDATE", "ROW", "refuse_unless_body_erased"),
    ("blobs", "blobs_change_never"): ("BEFORE UPDATE", "ROW", "refuse"),
    ("blobs", "blobs_are_not_emptied"): ("BEFORE TRUNCATE", "STATEMENT", "refuse"),
    ("blobs", "blobs_stay"): ("BEFORE DELETE", "ROW", "refuse_unless_blob_erased"),
}
"""By table and name: when, for what, and the function."""


def function_statement(name: str) -> str:
    """The statement that makes one of the functions. Its search path is its own: no role can put other operators before it."""
    return (
        f"CREATE FUNCTION {SCHEMA}.{name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog "
        f"AS $policyctl${FUNCTIONS[name]}$policyctl$"
    )


def trigger_statement(table: str, name: str) -> str:
    """The statement that makes one of the triggers."""
    when, each, function = TRIGGERS[table, name]
    return f"CREATE TRIGGER {name} {when} ON {SCHEMA}.{table} FOR EACH {each} EXECUTE FUNCTION {SCHEMA}.{function}()"
