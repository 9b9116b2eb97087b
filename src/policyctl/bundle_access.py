"""The bundle that a run decides with: an archive that the settings name, verified before anything is asked of it, or the content
folders.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from policyctl import library
from policyctl.bundles.build import Bundle, unpack
from policyctl.library import Loaded
from policyctl.model.errors import UntrustedBundle, UsageError
from policyctl.settings import Settings


def load(settings: Settings, opa: Callable[[], str], *, from_cache: bool = True) -> Loaded:
    """The bundle of these settings; `opa` and `from_cache` as in `library.load`.

    Raises UntrustedBundle where a key is configured and has not signed it, or where it is older than is allowed; UsageError where
    what is configured contradicts itself; ContentError for what is no bundle of this version.
    """
    if settings.bundle is None:
        if settings.bundle_key or settings.bundle_sequence_min:
            raise UsageError(
                "a key for bundles is configured, and no bundle: content folders are not signed",
                hint="name the signed bundle: --bundle (POLICYCTL_BUNDLE, or bundle in the trusted configuration)",
            )
        return library.load(library.roots(settings.content), opa, from_cache=from_cache)
    if settings.content:
        raise UsageError(
            f"a bundle decides alone, and {settings.file} lists content folders beside it",
            hint="build a bundle of them: policyctl bundle build; or leave out --bundle",
        )
    return _given(settings.bundle, settings)


def _given(file: Path, settings: Settings) -> Loaded:
    if settings.bundle_sequence_min and not settings.bundle_key:
        raise UsageError(
            "bundle_sequence_min says nothing without a key: anybody may write a number into a bundle",
            hint="name the key that must have signed it: --bundle-key",
        )
    bundle, signer = read(read_file(file), settings.bundle_key)
    require_number(bundle, settings.bundle_sequence_min)
    _require_fit(bundle)
    number = "" if bundle.sequence is None else f", number {bundle.sequence}"
    word = f"signed by the key {signer[:19]}…{number}" if signer else "not verified: no key is configured"
    return Loaded(bundle, file, given=True, note=f"bundle {file.name}: {word}")


def read(archive: bytes, key: str) -> tuple[Bundle, str]:
    """A bundle from its archive, and the fingerprint of the key that signed it; with no key, unverified, and empty.

    Raises UntrustedBundle, UsageError (the key) or ContentError.
    """
    if not key:
        return unpack(archive), ""
    from policyctl.bundles.archive import UNREADABLE, files_in
    from policyctl.bundles.signature import require_signed

    try:
        files = files_in(archive)
    except UNREADABLE as error:
        raise UntrustedBundle(f"the bundle cannot be read: {error}", hint="take it from its signer again") from error
    signer = require_signed(files, key)
    return unpack(archive), signer


def require_number(bundle: Bundle, least: int) -> None:
    """Raises UntrustedBundle where the bundle has a lower number than this, or none: an old one that somebody brought back."""
    if bundle.sequence is None and least:
        raise UntrustedBundle(f"the bundle has no number, and {least} is the least", hint="sign it with --sequence")
    if (bundle.sequence or 0) < least:
        raise UntrustedBundle(
            f"the bundle is older than is allowed: number {bundle.sequence}, and {least} is the least",
            hint="take the newest one, or lower bundle_sequence_min in the trusted configuration",
        )


def read_file(file: Path) -> bytes:
    """The bytes of an archive. Raises UsageError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}", hint="name a bundle's archive") from error


def _require_fit(bundle: Bundle) -> None:
    from policyctl.bundles.build import require_catalog
    from policyctl.catalog.fact_types import require_known
    from policyctl.model.catalog import Catalog

    require_catalog(bundle, Catalog.__annotations__)
    require_known(bundle.catalog)


def named(name: str, settings: Settings, opa: Callable[[], str]) -> Bundle:
    """A bundle to look at: an archive, a content folder, or "-" for the one that these settings decide with. Nothing is verified.

    A folder that has not the definition of a bundle (`bundles/policyctl.yaml`) is content beside ours.
    """
    if name == "-":
        return load(settings, opa).bundle
    path = Path(name)
    if not path.is_dir():
        return unpack(read_file(path))
    whole = (path / "bundles" / "policyctl.yaml").is_file()
    return library.load((path,) if whole else (library.own_root(), path), opa).bundle
