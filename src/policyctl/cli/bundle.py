"""`policyctl bundle`: the archive of rules and catalog: what it is, what changed in it, and who vouches for it."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.cli import bundle_export, options
from policyctl.cli.output import emit, emit_json, emit_markdown, emit_rows, one_of
from policyctl.model.errors import UsageError

if TYPE_CHECKING:
    from policyctl.bundles.build import Bundle
    from policyctl.bundles.reference import Reference
    from policyctl.bundles.registry import Registry

app = typer.Typer(help="The bundle that decides.", no_args_is_help=True)
app.add_typer(bundle_export.app, name="export")
Archive = Annotated[Path, typer.Argument(metavar="FILE", help="The bundle's archive.")]
_NAMED = "an archive, a content folder, or - for the one that decides here"
_SIGNING_KEY = "POLICYCTL_BUNDLE_SIGNING_KEY"


@app.command("build", epilog="Example: policyctl bundle build policyctl.tar.gz && opa run --server -b policyctl.tar.gz")
def build(
    file: Annotated[Path, typer.Argument(help="Where to write the archive.")],
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Write the bundle of rules and catalog, and print its revision. The same content gives the same bytes."""
    from policyctl import library, opening, settings

    loaded = settings.load({"trusted_config": trusted_config})
    bundle = library.load(library.roots(loaded.content), opening.opa_path, from_cache=False).bundle
    _write(file, bundle.archive)
    emit(f"{file}: revision {bundle.identity.revision}")


@app.command("inspect", epilog="Example: policyctl bundle inspect policyctl.tar.gz --output json | jq .signature")
def inspect(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help=f"{_NAMED[0].upper()}{_NAMED[1:]}.")] = "-",
    trusted_config: options.TrustedConfig = None,
    output: options.TextOrJson = "table",
) -> None:
    """Show what a bundle is and holds: name, revision, number, signature, counts, files, and what an OPA alone leaves out.

    Nothing is verified.
    """
    one_of(output, "table", "json")
    from policyctl.bundles.inspection import inspected

    told = inspected(_named(file, trusted_config))
    if output == "json":
        emit_json(told)
        return
    signature, counts = told["signature"], told["counts"]
    signed = (
        f"{signature['algorithm']}, by the key {signature['key'] or 'that it does not name'}" if signature else "no"
    )
    emit(f"name      {told['name']}")
    emit(f"revision  {told['revision']}")
    emit(f"digest    sha256:{told['digest']}, {told['bytes']} bytes")
    emit(f"number    {told['sequence'] or 'none'}")
    emit(f"signed    {signed}{' (not verified: policyctl bundle verify)' if signature else ''}")
    emit(f"controls  {counts['controls']}, {counts['attested']} of them attested")
    emit(f"profiles  {counts['profiles']}")
    emit(f"mappings  {counts['mappings']}, from {counts['clauses']} clauses of {counts['frameworks']} frameworks")
    emit(f"rules     {counts['rules']} files")
    emit(f"schemas   {counts['schemas']} kinds of documents")
    portable = told["portable"]
    emit(
        f"portable  {', '.join(portable['controls']) or 'none'}; {len(portable['left_out'])} that an OPA alone cannot tell"
    )
    emit("")
    if portable["left_out"]:
        emit_rows(("LEFT OUT", "BECAUSE"), list(portable["left_out"].items()))
        emit("")
    emit_rows(
        ("FILE", "BYTES", "SHA-256"), [(one["path"], str(one["bytes"]), one["sha256"][:12]) for one in told["files"]]
    )


@app.command("diff", epilog="Example: policyctl bundle diff deployed.tar.gz - --output markdown")
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help=f"The bundle before: {_NAMED}.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The bundle after, likewise.")],
    trusted_config: options.TrustedConfig = None,
    output: Annotated[str, typer.Option("--output", "-o", help="table, json or markdown.")] = "table",
) -> None:
    """Show what changes for a user from bundle A to bundle B: controls, parameters, profiles, mappings, clauses and rules, with ids.

    Stricter or looser is said only where that can be told. The exit code is 0 whatever is different.
    """
    one_of(output, "table", "json", "markdown")
    from policyctl.bundles.build import require_catalog
    from policyctl.bundles.difference import NEEDED, difference, summary

    bundles = [_named(name, trusted_config) for name in (a, b)]
    for bundle in bundles:
        require_catalog(bundle, NEEDED)
    changes = difference(*bundles)
    counted = summary(changes)
    revisions = [bundle.identity.revision for bundle in bundles]
    if output == "json":
        emit_json(
            {"a": revisions[0], "b": revisions[1], "summary": counted, "changes": [asdict(one) for one in changes]}
        )
        return
    rows = [(one.change, one.part, one.id, one.text) for one in changes]
    if rows:
        (emit_rows if output == "table" else emit_markdown)(("CHANGE", "PART", "ID", "WHAT"), rows)
        emit("")
    words = [f"{part}s: " + ", ".join(f"{n} {word}" for word, n in of.items()) for part, of in counted.items()]
    emit(f"{revisions[0][:12]} -> {revisions[1][:12]}: {'; '.join(words) or 'nothing is different for a user'}")


@app.command("sign", epilog="Example: policyctl bundle sign policyctl.tar.gz --key signer.pem --sequence 12")
def sign(
    file: Archive,
    key: Annotated[
        str | None,
        typer.Option("--key", help=f"Private key (PEM). [default: {_SIGNING_KEY}, a file or the key's text]"),
    ] = None,
    sequence: Annotated[
        int | None,
        typer.Option(
            "--sequence", min=1, help="The bundle's number, higher than any before. [default: it keeps its own]"
        ),
    ] = None,
    algorithm: Annotated[
        str | None, typer.Option("--algorithm", help="Such as PS256. [default: RS256, or ES256 to ES512 by the curve]")
    ] = None,
    generate_key: Annotated[
        bool, typer.Option("--generate-key", help="Make the key first (P-256), with its public half in KEY.pub.")
    ] = False,
) -> None:
    """Sign a bundle in OPA's own format, in place of a signature that it may have. Its revision stays."""
    from policyctl.bundle_access import read_file
    from policyctl.bundles import keys, signature
    from policyctl.bundles.build import SIGNATURES, numbered, unpack, with_files

    bundle = unpack(read_file(file))
    if sequence is not None and sequence < (bundle.sequence or 0):
        raise UsageError(
            f"{file} has the number {bundle.sequence} already", hint="numbers only grow: name a higher one"
        )
    if generate_key:
        if key is None:
            raise UsageError("--generate-key makes the file that --key names", hint="name it: --key signer.pem")
        keys.generate(Path(key))
    signer = key or os.environ.get(_SIGNING_KEY)
    if not signer:
        raise UsageError("no key to sign with", hint=f"name it: --key FILE, or {_SIGNING_KEY}")
    number = sequence if sequence is not None else bundle.sequence
    files = numbered(bundle, number)
    text, name = signature.sign(files, signer, algorithm or "")
    signed = with_files(bundle, {**files, SIGNATURES: text}, number)
    _replace(file, signed.archive)
    emit(f"{file}: revision {signed.identity.revision[:12]}, {_number(number)}, signed by {name}")


@app.command("verify", epilog="Example: policyctl bundle verify policyctl.tar.gz --key signer.pem.pub")
def verify(
    file: Archive,
    key: Annotated[
        str | None, typer.Option("--key", help="Public key (PEM). [default: as configured: bundle_key]")
    ] = None,
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Verify that a key signed this bundle, every file of it and no other, and that its number is not below the least configured.

    Exit code 4 where that is not so.
    """
    from policyctl import bundle_access, settings

    loaded = settings.load({"trusted_config": trusted_config, "bundle_key": key})
    if not loaded.bundle_key:
        raise UsageError("no key to verify with", hint="name the signer's public key: --key FILE")
    bundle, name = bundle_access.read(bundle_access.read_file(file), loaded.bundle_key)
    bundle_access.require_number(bundle, loaded.bundle_sequence_min)
    emit(f"{file}: revision {bundle.identity.revision[:12]}, {_number(bundle.sequence)}, signed by {name}")


PlainHttp = Annotated[bool, typer.Option("--plain-http", help="Without TLS: a registry on this machine only.")]
Place = Annotated[str, typer.Argument(metavar="PLACE", help="In a registry: HOST/NAME:TAG, or NAME@sha256:… to pull.")]


@app.command("push", epilog="Example: policyctl bundle push policyctl.tar.gz registry.example.org/team/policy:12")
def push(file: Archive, place: Place, plain_http: PlainHttp = False) -> None:
    """Put a bundle into a registry of OCI artefacts, where OPA and policyctl pull it. Prints the place by its digest."""
    from policyctl.bundle_access import read_file
    from policyctl.bundles.artefact import push as pushed
    from policyctl.bundles.build import unpack
    from policyctl.bundles.reference import parse

    bundle, where = unpack(read_file(file)), parse(place)
    with _registry(where, plain_http) as registry:
        digest = pushed(bundle, registry, where)
    emit(f"{where.host}/{where.name}@{digest}: revision {bundle.identity.revision[:12]}, {_number(bundle.sequence)}")


@app.command("pull", epilog="Example: policyctl bundle pull registry.example.org/team/policy:12 policyctl.tar.gz")
def pull(
    place: Place,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the archive.")],
    plain_http: PlainHttp = False,
    trusted_config: options.TrustedConfig = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Get a bundle from a registry. Where a key is configured, one that it has not signed, or with too low a number, is not written."""
    from policyctl import bundle_access, settings
    from policyctl.bundles.artefact import pull as pulled
    from policyctl.bundles.reference import parse

    loaded, where = settings.load({"trusted_config": trusted_config, "bundle_key": bundle_key}), parse(place)
    with _registry(where, plain_http) as registry:
        archive, digest = pulled(registry, where)
    bundle, signer = bundle_access.read(archive, loaded.bundle_key)
    bundle_access.require_number(bundle, loaded.bundle_sequence_min)
    _write(file, archive)
    word = f"signed by {signer}" if signer else "not verified: no key is configured"
    emit(f"{file}: revision {bundle.identity.revision[:12]}, {_number(bundle.sequence)}, {word}")
    emit(f"from {where.host}/{where.name}@{digest}")


def _registry(where: Reference, plain: bool) -> Registry:
    from policyctl.bundles.reference import credentials
    from policyctl.bundles.registry import Registry

    ca_file = os.environ.get("POLICYCTL_REGISTRY_CA", "")
    return Registry(where, credentials(where.host, os.environ), ca_file=ca_file, plain=plain)


def _named(name: str, trusted_config: str | None) -> Bundle:
    from policyctl import bundle_access, opening, settings

    return bundle_access.named(name, settings.load({"trusted_config": trusted_config}), opening.opa_path)


def _number(sequence: int | None) -> str:
    return "no number" if sequence is None else f"number {sequence}"


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}", hint="name another file") from error


def _replace(file: Path, content: bytes) -> None:
    """Whole or not at all, with the mode that the file has."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    _write(beside, content)
    shutil.copymode(file, beside)
    os.replace(beside, file)
