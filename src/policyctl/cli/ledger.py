"""`policyctl ledger`: what was decided, and the proof of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policyctl.cli import ledger_ingest, options
from policyctl.cli.output import emit, emit_json, emit_rows, one_of
from policyctl.model.errors import DENIED, UsageError

if TYPE_CHECKING:
    from policyctl.ledger import Ledger

app = typer.Typer(help="The record of decisions, and its proofs.", no_args_is_help=True)
app.command("ingest", epilog=ledger_ingest.EXAMPLE)(ledger_ingest.ingest)
Id = Annotated[
    str, typer.Argument(metavar="ID", help="An entry's id, its beginning, or its number (in a stream: 3:12).")
]


@app.command(
    "init", epilog="Example: policyctl ledger init --ledger postgresql://owner@db/policy --writer ci --reader auditor"
)
def init(
    ledger: options.Ledger = None,
    writer: Annotated[
        list[str] | None, typer.Option("--writer", help="Database role that may record. Repeatable.")
    ] = None,
    eraser: Annotated[
        list[str] | None, typer.Option("--eraser", help="Database role that may record and erase. Repeatable.")
    ] = None,
    reader: Annotated[
        list[str] | None, typer.Option("--reader", help="Database role that may read. Repeatable.")
    ] = None,
) -> None:
    """Make an empty ledger, or bring an older one to this version. What it holds stays; it can be run again.

    In PostgreSQL, whoever runs this owns the tables and could switch their guards off: record with another role.
    """
    from policyctl import recording, settings
    from policyctl.ledger import initialise_ledger
    from policyctl.ledger.address import masked

    where = recording.address(settings.load({"ledger": ledger}))
    recording.make_folder(where)
    initialise_ledger(where, {"reader": reader or (), "writer": writer or (), "eraser": eraser or ()})
    emit(f"{masked(where)}: ready")


@app.command("move", epilog="Example: policyctl ledger move ledger.db postgresql://owner@db/policy")
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The ledger's file or URL. It stays as it is.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="An empty ledger's file or URL; see policyctl ledger init.")
    ],
) -> None:
    """Copy a whole ledger, byte for byte, into an empty one: checkpoints and proofs of the old one hold for the new one.

    All or nothing: the copy is verified before it is committed. In PostgreSQL the role that owns the tables runs this.
    """
    from policyctl.ledger import open_ledger
    from policyctl.ledger.address import masked
    from policyctl.ledger.moving import move as moved

    with open_ledger(source, readonly=True) as old, open_ledger(target) as new:
        result = moved(old, new)
    streams = "1 stream" if result.streams == 1 else f"{result.streams} streams"
    emit(f"{masked(target)}: {result.entries} entries in {streams} and {result.blobs} blobs, as they were; verified")
    emit(f"{masked(source)} is left as it is: record nothing more in it")


@app.command("list", epilog="Example: policyctl ledger list --limit 5 --output json")
def list_entries(
    ledger: options.Ledger = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only entries of this kind.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many, the newest first.")] = 20,
    output: options.TextOrJson = "table",
) -> None:
    """List entries, the newest first."""
    one_of(output, "table", "json")
    from policyctl import recording
    from policyctl.ledger.entry import ERASURE

    kinds = (recording.KIND, recording.ADMISSION, recording.INGESTED, ERASURE)
    if kind not in (None, *kinds):
        raise UsageError(f"--kind: no entry is of kind {kind!r}", hint=f"one of {', '.join(kinds)}")
    with _opened(ledger) as opened:
        entries = list(opened.entries(kind, limit=limit, newest_first=True))
        bodies = [recording.told(opened, entry) for entry in entries]
    if output == "json":
        told = [
            {**e.header(), **{key: b.get(key) for key in ("outcome", "simulated", "subject")}}
            for e, b in zip(entries, bodies, strict=True)
        ]
        emit_json({"entries": told})
        return
    rows = [
        (str(e.place), e.id, e.time[:19] + "Z", e.kind, _outcome(b), b.get("subject", {}).get("id", "-"))
        for e, b in zip(entries, bodies, strict=True)
    ]
    emit_rows(("SEQ", "ID", "TIME", "KIND", "OUTCOME", "SUBJECT"), rows)


def _outcome(body: Mapping[str, Any]) -> str:
    """With what keeps it from being what a gate or a cluster did."""
    said = [body.get("outcome", "-")]
    if body.get("simulated"):
        said.append("simulated")
    if body.get("context", {}).get("answered"):
        said.append("let through")
    return ", ".join(said)


@app.command("show", epilog="Example: policyctl ledger show 12 --document | jq .facts")
def show(
    id: Id,
    ledger: options.Ledger = None,
    document: Annotated[
        bool, typer.Option("--document", help="Print the recorded input document instead, or the event.")
    ] = False,
) -> None:
    """Print an entry's header and body, as JSON."""
    with _opened(ledger) as opened:
        entry = opened.get(id)
        body: Any = json.loads(opened.body(entry.id))
        if document:
            named = body.get("blobs", {})
            digest = named.get("document") or named.get("event")
            if not digest:
                raise UsageError(
                    f"entry {entry.id} is of kind {entry.kind}, which has no document", hint="leave out --document"
                )
            emit_json(json.loads(opened.blob(digest)))
            return
    emit_json({"header": entry.header(), "hash": entry.hash, "body": body})


@app.command("verify", epilog="Example: policyctl ledger verify --checkpoint checkpoint.json --key public.pem")
def verify(
    ledger: options.Ledger = None,
    checkpoint: Annotated[Path | None, typer.Option("--checkpoint", help="A checkpoint kept elsewhere.")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The public key that signed it.")] = None,
    output: options.TextOrJson = "table",
) -> None:
    """Read everything and name what was changed, removed or reordered; with a checkpoint, also truncation and a rewritten whole."""
    one_of(output, "table", "json")
    from policyctl.ledger.checkpoint import read_checkpoint
    from policyctl.ledger.keys import read_key_file
    from policyctl.ledger.verify import verify as verified

    kept = read_checkpoint(checkpoint) if checkpoint else None
    with _opened(ledger) as opened:
        report = verified(opened, kept, read_key_file(key) if key else None)
    if output == "json":
        emit_json(report.document())
    else:
        for problem in report.problems:
            emit(str(problem))
        for erasure in report.erased:
            emit(str(erasure))
        emit(f"{'OK' if report.ok else 'NOT OK'}  {report.entries} entries: {report.summary}")
    raise typer.Exit(report.exit_code)


@app.command("prove", epilog="Example: policyctl ledger prove 12 --checkpoint checkpoint.json > proof.json")
def prove(
    id: Id,
    ledger: options.Ledger = None,
    checkpoint: Annotated[Path | None, typer.Option("--checkpoint", help="Prove it for this checkpoint.")] = None,
) -> None:
    """Print the proof that an entry is in the ledger; policyctl/ledger/verify_proof.py checks it without policyctl."""
    from policyctl.ledger.checkpoint import read_checkpoint
    from policyctl.ledger.proof import prove as proven

    with _opened(ledger) as opened:
        emit_json(proven(opened, id, read_checkpoint(checkpoint) if checkpoint else None))


@app.command("export", epilog="Example: policyctl ledger export --blobs > ledger.jsonl")
def export(
    ledger: options.Ledger = None,
    blobs: Annotated[bool, typer.Option("--blobs", help="With the documents and bundles.")] = False,
) -> None:
    """Print every entry, one JSON value a line, to be verified elsewhere."""
    from policyctl.ledger.export import export as exported

    with _opened(ledger) as opened:
        for line in exported(opened, blobs=blobs):
            sys.stdout.buffer.write(line)


@app.command("replay", epilog="Example: policyctl ledger replay 12")
def replay(
    id: Id,
    ledger: options.Ledger = None,
    trusted_config: options.TrustedConfig = None,
    bundle_key: options.BundleKey = None,
    output: options.TextOrJson = "table",
) -> None:
    """Decide the recorded document again with the recorded bundle, and compare byte for byte. Exit code 1 when they differ.

    With a key for bundles, it must have signed the recorded one; an old number is no hindrance.
    """
    one_of(output, "table", "json")
    from policyctl import recording, settings
    from policyctl.ledger import open_ledger
    from policyctl.replaying import replay as replayed

    loaded = settings.load({"ledger": ledger, "trusted_config": trusted_config, "bundle_key": bundle_key})
    with open_ledger(recording.address(loaded), readonly=True) as opened:
        result = replayed(opened, id, loaded.bundle_key)
    if output == "json":
        emit_json(
            {
                "id": result.id,
                "subject": result.subject,
                "revision": result.revision,
                "same": result.same,
                "recorded": json.loads(result.recorded),
                "again": json.loads(result.again),
            }
        )
    else:
        word = "SAME" if result.same else "DIFFERENT"
        emit(
            f"{word}  {result.subject} by bundle {result.revision[:12]}: {len(result.recorded)} bytes recorded, {len(result.again)} now"
        )
        emit(f"OPA {result.recorded_opa} then, {result.replayed_opa} now")
    raise typer.Exit(0 if result.same else DENIED)


@app.command("checkpoint", epilog="Example: policyctl ledger checkpoint checkpoint.json --key private.pem")
def checkpoint(
    file: Annotated[
        Path, typer.Argument(help="Where to write it. Keep it where those who write the ledger cannot write.")
    ],
    key: Annotated[Path, typer.Option("--key", help="Ed25519 private key (PEM).")],
    ledger: options.Ledger = None,
    generate_key: Annotated[
        bool, typer.Option("--generate-key", help="Make the key first, with its public half in KEY.pub.")
    ] = False,
) -> None:
    """Sign the ledger as it is now, if it verifies. An earlier checkpoint in FILE must still hold, and is replaced."""
    from policyctl.ledger.checkpoint import make_checkpoint, read_checkpoint, write_checkpoint
    from policyctl.ledger.keys import generate_key as generated
    from policyctl.ledger.keys import load_private_key

    if generate_key:
        generated(key, key.with_name(key.name + ".pub"))
    with _opened(ledger) as opened:
        previous = read_checkpoint(file) if file.exists() else None
        made = make_checkpoint(opened, load_private_key(key), previous=previous)
    write_checkpoint(file, made)
    emit(f"{file}: {sum(head.size for head in made.streams)} entries signed at {made.time}")


def _opened(flag: str | None) -> Ledger:
    from policyctl import recording, settings
    from policyctl.ledger import open_ledger

    return open_ledger(recording.address(settings.load({"ledger": flag})), readonly=True)
