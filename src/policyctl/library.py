"""The content folders as one bundle: ours, and an organisation's beside it. Built once per content, then taken from the cache."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from policyctl import __version__
from policyctl.bundles.build import Bundle, unpack
from policyctl.model.errors import ContentError

if TYPE_CHECKING:
    from policyctl.bundles.syntax import Module

_HERE = Path(__file__).parent
_BUILDERS = (
    Path(__file__),
    _HERE / "documents" / "schemas.py",
    *(path for part in ("bundles", "catalog", "model", "model/facts") for path in sorted(_HERE.glob(f"{part}/*.py"))),
)
"""What makes a bundle of the content: when it changes, a cached bundle is made anew."""

FOLDERS = ("controls_catalog", "mappings", "rego", "bundles")


def own_root() -> Path:
    """Where our content lies: inside the installed package, or at the top of the repository."""
    here = Path(__file__).resolve().parent
    packaged = here / "content"
    return packaged if packaged.is_dir() else here.parents[1]


def roots(content: Sequence[Path]) -> tuple[Path, ...]:
    """The content folders of a run: ours, then an organisation's.

    Raises ContentError for one that is not there: a misspelt one would decide nothing, and say nothing.
    """
    if missing := next((folder for folder in content if not folder.is_dir()), None):
        raise ContentError(
            f"{missing}: there is no such folder",
            hint="see content in policyctl.yaml; policyctl control new makes it, with a first control",
        )
    return (own_root(), *content)


def cache_folder() -> Path:
    """`POLICYCTL_CACHE`, or `policyctl` in the user's cache folder."""
    if given := os.environ.get("POLICYCTL_CACHE"):
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "policyctl"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A bundle, and the file that its archive lies in. `given`: an archive that somebody named, in place of content folders; `note`
    says which one, and who vouches for it.
    """

    bundle: Bundle
    archive: Path
    given: bool = False
    note: str = ""


def load(roots: Sequence[Path], opa: Callable[[], str], *, from_cache: bool = True) -> Loaded:
    """The bundle of these content folders. `opa` gives the binary that parses the rules, asked only when it must be built.

    A cached one is taken if its rules are those of the folders; without `from_cache` it is built whatever the cache holds, for runs
    that trust nothing which others may have written.

    Raises ContentError where the content is inconsistent.
    """
    sources = read_sources(roots)
    if not sources:
        raise ContentError(
            f"no content under {', '.join(map(str, roots))}", hint="a content folder has controls_catalog/ and rego/"
        )
    cached = cache_folder() / "bundles" / f"{_digest(roots, sources)}.tar.gz"
    if from_cache and (bundle := _cached(cached, roots, sources)):
        return Loaded(bundle, cached)
    bundle = make(roots, sources, opa())
    return Loaded(bundle, write_archive(cached, bundle.archive))


def _cached(path: Path, roots: Sequence[Path], sources: dict[Path, bytes]) -> Bundle | None:
    """The cached bundle, if only this user or root can have written it, it is whole, and its rules are the folders' own.

    The rules are compared, the catalog is not: reading it anew is what the cache saves. So nobody else may have had a hand in it.
    """
    try:
        with path.open("rb") as file:
            if not (_is_ours(os.fstat(file.fileno())) and _is_ours(path.parent.stat())):
                return None
            bundle = unpack(file.read())
    except (OSError, ContentError):
        return None
    rules = {
        p.relative_to(root / "rego").as_posix(): text
        for root in roots
        for p, text in sources.items()
        if _is_rule(p, root)
    }
    own = all(rules.get(inside) == text for inside, text in bundle.files.items() if inside.endswith(".rego"))
    return bundle if own else None


def _is_ours(found: os.stat_result) -> bool:
    """Whether a file or folder is this user's or root's, as in an image, and nobody else may write it."""
    return found.st_uid in (0, os.geteuid()) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _is_rule(path: Path, root: Path) -> bool:
    return path.suffix == ".rego" and path.is_relative_to(root / "rego")


def make(roots: Sequence[Path], sources: dict[Path, bytes], opa: str) -> Bundle:
    """Builds the bundle, whatever the cache holds."""
    from policyctl.bundles.build import build
    from policyctl.bundles.parts import needs
    from policyctl.bundles.portable import NOT_PORTABLE
    from policyctl.bundles.portable import left_out as not_portable
    from policyctl.bundles.purity import impure
    from policyctl.bundles.reads import reads
    from policyctl.bundles.syntax import modules_of, parse
    from policyctl.catalog.reading import read_catalog

    name, left_out = _definition(roots[0])
    rules: dict[str, bytes] = {}
    added: set[str] = set()
    for root in roots:
        for path in sorted(p for p in sources if _is_rule(p, root)):
            inside = path.relative_to(root / "rego").as_posix()
            if any(fnmatch(f"rego/{inside}", pattern) or fnmatch(path.name, pattern) for pattern in left_out):
                continue
            if inside in rules:
                raise ContentError(
                    f"{path}: there is a rule file {inside} already",
                    hint="content of one's own adds, it replaces nothing",
                )
            rules[inside] = sources[path]
            if root != roots[0]:
                added.add(inside)
    modules = modules_of(parse(opa, {inside: text.decode() for inside, text in rules.items()}))
    require_own_packages(modules, added)
    if wrong := next(impure(modules), None):
        raise ContentError(f"rego/{wrong}", hint="time is input.as_of; whatever else a rule needs must be a fact")
    files = {**rules, **schemas()}
    catalog = read_catalog(name, roots, reads(modules), needs(modules))
    return build(name, files, {**catalog, NOT_PORTABLE: not_portable(files, catalog)})


def schemas() -> dict[str, bytes]:
    """The JSON Schemas of the input documents, by path in the bundle."""
    from policyctl.bundles.build import SCHEMAS
    from policyctl.documents.schemas import schema_of
    from policyctl.model.document import KINDS

    return {
        f"{SCHEMAS}{kind}.json": json.dumps(
            schema_of(kind), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        ).encode()
        for kind in KINDS
    }


def require_own_packages(modules: Mapping[str, Module], added: set[str]) -> None:
    """Raises ContentError where an added rule file writes into a package that is not a control of its own folder's.

    Rules of one package add up in Rego, whatever file they stand in: an added one could take findings out of ours.
    """
    ours = {module.package for inside, module in modules.items() if inside not in added}
    for inside in sorted(added):
        package = modules[inside].package
        if package in ours or package[:3] != ("data", "policyctl", "controls") or len(package) != 5:
            raise ContentError(
                f"{inside}: package {'.'.join(package[1:])} is not one for content of one's own",
                hint="a control's package is policyctl.controls.<family>.<control>, and is nobody else's",
            )


def read_sources(roots: Sequence[Path]) -> dict[Path, bytes]:
    """Every content file of these folders."""
    return {path: path.read_bytes() for root in roots for path in _files(root)}


def _definition(root: Path) -> tuple[str, list[str]]:
    from policyctl.catalog.files import read_yaml

    definition = read_yaml(root / "bundles" / "policyctl.yaml")
    return definition["name"], definition["leave_out"]


def _files(root: Path) -> list[Path]:
    found = []
    for folder in FOLDERS:
        for directory, folders, files in os.walk(root / folder):
            examples = folder == "controls_catalog" and len(Path(directory).relative_to(root).parts) == 3
            folders[:] = [name for name in folders if name != "dist" and not (examples and name == "examples")]
            found += [
                Path(directory, name)
                for name in files
                if name.endswith((".yaml", ".rego")) and not name.endswith("_test.rego")
            ]
    return sorted(found)


def _digest(roots: Sequence[Path], sources: dict[Path, bytes]) -> str:
    whole = hashlib.sha256(__version__.encode())
    for root in roots:
        for path in sorted(p for p in sources if p.is_relative_to(root)):
            whole.update(
                b"\0".join((path.relative_to(root).as_posix().encode(), hashlib.sha256(sources[path]).digest()))
            )
    for builder in _BUILDERS:
        whole.update(builder.read_bytes())
    return whole.hexdigest()[:32]


def write_archive(path: Path, content: bytes) -> Path:
    """Whole or not at all; two builders at once write the same bytes. Where the cache cannot be written, a temporary file serves."""
    import tempfile  # a bundle is written once, and read at every start

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whatever the umask was: a folder that others may write is not believed. It fails where the folder is somebody else's.
        path.parent.chmod(0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        with tempfile.NamedTemporaryFile(prefix="policyctl-", suffix=".tar.gz", delete=False) as file:
            file.write(content)
        return Path(file.name)
    return path
