"""Whether tables, indexes, functions and triggers are those that this program makes: what `verify` says of the store itself."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BigInteger, Connection, Integer, LargeBinary, Table, Text, text

from policyctl.ledger.postgres.guards import FUNCTIONS, TRIGGERS, trigger_statement
from policyctl.ledger.postgres.tables import SCHEMA, metadata

_TYPES: dict[type, str] = {BigInteger: "bigint", Integer: "integer", LargeBinary: "bytea", Text: "text"}
_VERSIONS = {
    "table alembic_version": "version_num character varying(32) not null",
    "index alembic_version_pkc": f"CREATE UNIQUE INDEX alembic_version_pkc ON {SCHEMA}.alembic_version "
    "USING btree (version_num)",
}
_FOUND = text(
    """
    SELECT CASE c.relkind WHEN 'r' THEN 'table ' WHEN 'v' THEN 'view ' ELSE 'relation ' END || c.relname,
        (SELECT string_agg(
            a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN l.collname <> 'default' THEN ' collate ' || l.collname ELSE '' END
            || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, ', ' ORDER BY a.attnum)
            FROM pg_attribute a LEFT JOIN pg_collation l ON l.oid = a.attcollation
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
        || CASE c.relpersistence WHEN 'p' THEN '' ELSE ', not kept after a crash' END
        || CASE WHEN c.relrowsecurity THEN ', with rows hidden from some roles' ELSE '' END
        || CASE WHEN EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = c.oid) THEN ', with rows of others' ELSE '' END
        FROM pg_class c WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind NOT IN ('i', 'I')
    UNION ALL
    SELECT 'index ' || i.relname,
        replace(pg_get_indexdef(i.oid), '"', '') || CASE WHEN x.indisvalid THEN '' ELSE ' invalid' END
        FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid WHERE i.relnamespace = to_regnamespace(:schema)
    UNION ALL
    SELECT 'trigger ' || t.tgname, pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' switched off' END
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = to_regnamespace(:schema) AND NOT t.tgisinternal
    UNION ALL
    SELECT 'function ' || p.proname, coalesce(array_to_string(p.proconfig, ','), '') || p.prosrc
        FROM pg_proc p WHERE p.pronamespace = to_regnamespace(:schema)
    UNION ALL
    SELECT 'rule ' || r.rulename, pg_get_ruledef(r.oid)
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
        WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind <> 'v'
    """
)


def flaws(connection: Connection) -> list[str]:
    """How the schema differs from what this program makes: one sentence each."""
    found = {str(name): str(what) for name, what in connection.execute(_FOUND, {"schema": SCHEMA})}
    expected = dict(_expected())
    sentences = [f"the {name} is missing" for name in sorted(expected.keys() - found.keys())]
    sentences += [f"there is a foreign {name}" for name in sorted(found.keys() - expected.keys())]
    changed = sorted(name for name in expected.keys() & found.keys() if expected[name] != found[name])
    return sentences + [
        f"the {name} is switched off" if found[name].endswith(" switched off") else f"the {name} was changed"
        for name in changed
    ]


def _expected() -> Iterator[tuple[str, str]]:
    yield from _VERSIONS.items()
    for table in metadata.sorted_tables:
        yield f"table {table.name}", ", ".join(_columns(table))
        key = ", ".join(column.name for column in table.primary_key)
        yield f"index {table.name}_pkey", _index(table, f"{table.name}_pkey", key, unique=True)
        for index in table.indexes:
            columns = ", ".join(column.name for column in index.columns)
            yield f"index {index.name}", _index(table, str(index.name), columns, unique=bool(index.unique))
    for table_name, name in TRIGGERS:
        yield f"trigger {name}", trigger_statement(table_name, name)
    for name, body in FUNCTIONS.items():
        yield f"function {name}", f"search_path=pg_catalog{body}"


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        kind, collation = _TYPES[type(column.type)], getattr(column.type, "collation", None)
        of = f" collate {collation}" if collation else ""
        yield f"{column.name} {kind}{of}{'' if column.nullable else ' not null'}"


def _index(table: Table, name: str, columns: str, *, unique: bool) -> str:
    return f"CREATE {'UNIQUE ' if unique else ''}INDEX {name} ON {SCHEMA}.{table.name} USING btree ({columns})"
