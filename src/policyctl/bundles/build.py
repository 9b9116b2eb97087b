"""Makes the archive: the same content gives the same bytes, and the digest of the content is its name."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.model.decision import BundleIdentity
from policyctl.model.errors import ContentError

CATALOG = "policyctl/catalog/data.json"
MANIFEST = ".manifest"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A built bundle: its identity, the archive's bytes, the files in it by path, and the catalog among them."""

    identity: BundleIdentity
    archive: bytes
    files: Mapping[str, bytes]
    catalog: Any


def build(name: str, rules: Mapping[str, bytes], catalog: Mapping[str, Any]) -> Bundle:
    """The bundle of these Rego files (by path inside the archive) and this catalog.

    The revision is SHA-256 over the sorted list of [path, SHA-256 of the bytes] as JSON, manifest left out.
    """
    files = dict(rules)
    files[CATALOG] = json.dumps(catalog, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    revision = revision_of(files)
    manifest = {"revision": revision, "roots": ["policyctl"], "rego_version": 1, "metadata": {"name": name}}
    files[MANIFEST] = json.dumps(manifest, sort_keys=True).encode()
    archive = pack(files)
    return Bundle(BundleIdentity(name, revision, hashlib.sha256(archive).hexdigest()), archive, files, dict(catalog))


def revision_of(files: Mapping[str, bytes]) -> str:
    """The digest that names a bundle's content."""
    listed = [[path, hashlib.sha256(files[path]).hexdigest()] for path in sorted(files) if path != MANIFEST]
    return hashlib.sha256(json.dumps(listed, separators=(",", ":")).encode()).hexdigest()


def unpack(archive: bytes) -> Bundle:
    """A bundle from its archive. Raises ContentError when it is none, or when its content is not what its revision says."""
    try:
        files = files_in(archive)
        manifest = json.loads(files[MANIFEST])
        catalog = json.loads(files[CATALOG])
        name, revision = manifest["metadata"]["name"], manifest["revision"]
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise ContentError(
            f"this is no policyctl bundle: {error}", hint="policyctl bundle build FILE writes one"
        ) from error
    if revision != revision_of(files):
        raise ContentError(f"the bundle's content is not that of revision {revision[:12]}", hint="build it again")
    return Bundle(BundleIdentity(name, revision, hashlib.sha256(archive).hexdigest()), archive, files, catalog)


def files_in(archive: bytes) -> dict[str, bytes]:
    """The files of an archive by path. Raises tarfile.TarError, OSError or EOFError where it is none."""
    raw = gzip.decompress(archive)
    with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as tar:
        return {m.name.lstrip("/"): raw[m.offset_data : m.offset_data + m.size] for m in tar if m.isfile()}


def pack(files: Mapping[str, bytes], level: int = 9) -> bytes:
    """The archive of these files, compressed at a level of gzip: equal files give equal bytes."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size = len(files[path])
            entry.mode = 0o644
            tar.addfile(entry, io.BytesIO(files[path]))
    return gzip.compress(raw.getvalue(), level, mtime=0)
