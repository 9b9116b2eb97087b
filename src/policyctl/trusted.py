"""Where a trusted configuration comes from: a folder outside the tree under judgement, or a protected revision of its repository.

What the checked tree says about itself is a claim: whoever can change the tree must not be able to change this.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policyctl.model.errors import UsageError

REVISION = "git:"
_NAME = re.compile(r"git:(?P<ref>refs/remotes/[A-Za-z0-9._/-]+?)(?::(?P<folder>[^:]*))?")


@dataclass(frozen=True, slots=True)
class Origin:
    """A trusted configuration: its file or folder, and for a revision what it is, in words."""

    path: Path
    revision: str = ""


def origin(given: str, here: Path) -> Origin:
    """The configuration that a user names: FILE, FOLDER, or git:refs/remotes/REMOTE/BRANCH[:FOLDER] of the repository of `here`.

    Raises UsageError for a revision that is not there, or is not the word of a remote.
    """
    if not given.startswith(REVISION):
        return Origin(Path(given))
    # Only a revision needs these, and every run starts here.
    import atexit
    import shutil
    import tempfile

    named = _NAME.fullmatch(given)
    if named is None or named["ref"].startswith("refs/remotes/pull/"):
        raise UsageError(
            f"{given}: not a revision that can be trusted",
            hint="write git:refs/remotes/origin/main, or …/main:FOLDER: tags, short names and commits can be made by whoever pushes",
        )
    commit = _git(here, "rev-parse", "--verify", "--quiet", f"{named['ref']}^{{commit}}").decode().strip()
    if not commit:
        raise UsageError(
            f"{given}: there is no such revision here",
            hint="fetch it first: git fetch origin main:refs/remotes/origin/main",
        )
    folder = Path(tempfile.mkdtemp(prefix="policyctl-trusted-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _export(here, commit, folder)
    inside = (folder / (named["folder"] or "")).resolve()
    if not inside.is_relative_to(folder.resolve()):
        raise UsageError(f"{given}: the folder lies outside the revision", hint="name one below its top")
    return Origin(inside, f"{named['ref']} at {commit[:12]}")


_OUTSIDE = {
    "a trusted configuration": "check it out beside the tree, or name a protected revision: git:refs/remotes/origin/main",
    "a key for bundles": "keep it where whoever changes the tree cannot: a file that the pipeline provides",
    "a bundle that no key vouches for": "name the key that must have signed it: --bundle-key",
    "a policy": "whoever changes the tree would else write its rules: check the policies out beside it",
    "a key for waivers": "keep it where whoever changes the tree cannot: a file that the pipeline provides",
}


def require_outside(root: Path, judged: Sequence[str], here: Path, what: str = "a trusted configuration") -> None:
    """Raises UsageError where the trusted folder or file lies in what is judged: a judged folder, or the repository that a judged file
    is in.
    """
    for tree in {_tree(here / path) for path in (".", *judged) if path != "-"}:
        if tree is not None and root.resolve().is_relative_to(tree):
            raise UsageError(
                f"{root}: {what} lies outside the tree that is judged, not below {tree}",
                hint=_OUTSIDE[what],
            )


def _tree(path: Path) -> Path | None:
    """The repository that a path lies in, else the folder itself; None for a file that is in no repository."""
    resolved = path.resolve()
    outside = resolved if resolved.is_dir() else None
    return next((up for up in (resolved, *resolved.parents) if (up / ".git").exists()), outside)


def _export(here: Path, commit: str, folder: Path) -> None:
    import tarfile

    archive = folder / ".tar"
    archive.write_bytes(_git(_top(here), "archive", "--format=tar", commit))
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise UsageError(f"{commit[:12]}: cannot be taken out of the repository: {error}") from error
    archive.unlink()


def _top(here: Path) -> Path:
    """The repository's top: from a folder below it, git would take out that folder only."""
    return Path(os.fsdecode(_git(here, "rev-parse", "--show-toplevel")).removesuffix("\n"))


def _git(here: Path, *arguments: str) -> bytes:
    """What git says in the repository of `here`; nothing where it finds nothing. No replaced objects: those are not the commit's."""
    import shutil
    import subprocess

    git = shutil.which("git")
    if git is None:
        raise UsageError("git is not installed", hint="name a folder as trusted configuration")
    environment = {**os.environ, "GIT_NO_REPLACE_OBJECTS": "1"}
    ran = subprocess.run([git, *arguments], cwd=here, env=environment, capture_output=True, check=False)
    if ran.returncode not in (0, 1):
        raise UsageError(
            f"git {arguments[0]}: {ran.stderr.decode(errors='replace').strip()}", hint="run it in the repository"
        )
    return ran.stdout if ran.returncode == 0 else b""
