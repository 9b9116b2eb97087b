"""Makes the bundle, and reads it: the same content gives the same bytes, and the digest of the content is its name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from policyctl.bundles.archive import UNREADABLE, files_in, pack
from policyctl.model.decision import BundleIdentity
from policyctl.model.errors import ContentError

CATALOG = "policyctl/catalog/data.json"
SCHEMAS = "policyctl/schemas/"
"""Below it, the JSON Schema of the documents of each kind, as <kind>.json: for people and editors. OPA loads no file of such a name."""

_SCHEMA = re.compile(r"(?!data\.|patch\.)[a-z_]+\.json")
"""A schema's name. Of these two OPA would read data."""

MANIFEST = ".manifest"
SIGNATURES = ".signatures.json"
_NOT_CONTENT = (MANIFEST, SIGNATURES)
_ENTRIES = frozenset({"system/main.rego", "system/log.rego"})
"""Files of packages that OPA looks for by name. No more of `system` is a bundle's own, since others keep other parts of it."""

_ADDED = "manifest"
"""The key of the catalog under which stands what the manifest says beyond ours."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle: its identity, the archive's bytes, the files in it by path, the catalog among them, and the number that its signer
    gave it (None: no number).
    """

    identity: BundleIdentity
    archive: bytes
    files: Mapping[str, bytes]
    catalog: Any
    sequence: int | None = None


def build(
    name: str, rules: Mapping[str, bytes], catalog: Mapping[str, Any], manifest: Mapping[str, Any] | None = None
) -> Bundle:
    """The bundle of these Rego, data and schema files (by path inside the archive) and this catalog.

    The revision is SHA-256 over the sorted list of [path, SHA-256 of the bytes] as JSON, manifest and signatures left out. What
    `manifest` adds stands in the catalog too, so that the revision names it.
    """
    files = dict(rules)
    catalog = {**catalog, _ADDED: manifest} if manifest else catalog
    files[CATALOG] = json.dumps(catalog, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    revision = revision_of(files)
    files[MANIFEST] = _manifest(name, revision, None, catalog, files)
    archive = pack(files)
    return Bundle(_identity(name, revision, archive), archive, files, json.loads(files[CATALOG]))


def revision_of(files: Mapping[str, bytes]) -> str:
    """The digest that names a bundle's content."""
    listed = [[path, hashlib.sha256(files[path]).hexdigest()] for path in sorted(files) if path not in _NOT_CONTENT]
    return hashlib.sha256(json.dumps(listed, separators=(",", ":")).encode()).hexdigest()


def numbered(bundle: Bundle, sequence: int | None) -> dict[str, bytes]:
    """The bundle's files without a signature, with this number in the manifest."""
    files = {path: text for path, text in bundle.files.items() if path != SIGNATURES}
    return {
        **files,
        MANIFEST: _manifest(bundle.identity.name, bundle.identity.revision, sequence, bundle.catalog, files),
    }


def with_files(bundle: Bundle, files: Mapping[str, bytes], sequence: int | None) -> Bundle:
    """The same content with another manifest or signature."""
    archive = pack(files)
    identity = _identity(bundle.identity.name, bundle.identity.revision, archive)
    return replace(bundle, identity=identity, archive=archive, files=files, sequence=sequence)


def unpack(archive: bytes) -> Bundle:
    """A bundle from its archive. Raises ContentError when it is none, or when its content is not what its revision says.

    Files that `build` does not write, and a manifest that says more than ours do, are refused: OPA would give them a meaning that
    the revision does not name.
    """
    try:
        files = files_in(archive)
        manifest = json.loads(files[MANIFEST])
        catalog = json.loads(files[CATALOG])
        metadata, revision = dict(manifest["metadata"]), manifest["revision"]
        name, sequence = metadata.pop("name"), metadata.pop("sequence", None)
    except KeyError as error:
        raise _no_bundle(f"it has no {error.args[0]}") from error
    except (*UNREADABLE, TypeError, RecursionError) as error:
        raise _no_bundle(str(error)) from error
    if strange := sorted(path for path in files if not _ours(path, catalog)):
        raise _no_bundle(f"it holds {strange[0]}, which policyctl does not write")
    told = isinstance(name, str) and isinstance(revision, str) and is_sequence(sequence)
    if not told or manifest != json.loads(_manifest(name, revision, sequence, catalog, files)):
        raise _no_bundle("its manifest is not as policyctl writes it")
    if revision != revision_of(files):
        raise ContentError(f"the bundle's content is not that of revision {revision[:12]}", hint="build it again")
    return Bundle(_identity(name, revision, archive), archive, files, catalog, sequence)


def require_catalog(bundle: Bundle, needed: Iterable[str]) -> None:
    """Raises ContentError where the catalog has not these parts, mappings all but the name: another version of policyctl built it."""
    catalog = bundle.catalog if isinstance(bundle.catalog, dict) else {}
    if missing := sorted(part for part in needed if not isinstance(catalog.get(part), dict | str)):
        raise ContentError(
            f"this bundle was built by another version of policyctl: its catalog has no {', '.join(missing)}",
            hint="build it with this version",
        )


def is_sequence(number: Any) -> bool:
    """Whether this can be a bundle's number: a whole one from 1, or none."""
    return number is None or (isinstance(number, int) and not isinstance(number, bool) and number > 0)


def _manifest(name: str, revision: str, sequence: int | None, catalog: Any, files: Iterable[str]) -> bytes:
    metadata = {"name": name} if sequence is None else {"name": name, "sequence": sequence}
    added = catalog.get(_ADDED, {}) if isinstance(catalog, dict) else {}
    entries = sorted(path.removesuffix(".rego") for path in files if path in _ENTRIES)
    ours = {"roots": ["policyctl", *entries], "rego_version": 1, **(added if isinstance(added, dict) else {})}
    return json.dumps({**ours, "revision": revision, "metadata": metadata}, sort_keys=True).encode()


def _identity(name: str, revision: str, archive: bytes) -> BundleIdentity:
    return BundleIdentity(name, revision, hashlib.sha256(archive).hexdigest())


def _ours(path: str, catalog: Any) -> bool:
    """Data beside the catalog is only that of somebody's own policies, whose roots the manifest names."""
    own = isinstance(catalog, dict) and _ADDED in catalog
    schema = path.startswith(SCHEMAS) and _SCHEMA.fullmatch(path.removeprefix(SCHEMAS))
    return path in (*_NOT_CONTENT, CATALOG) or path.endswith(".rego") or bool(schema) or (own and path == "data.json")


def _no_bundle(why: str) -> ContentError:
    return ContentError(f"this is no policyctl bundle: {why}", hint="policyctl bundle build FILE writes one")
