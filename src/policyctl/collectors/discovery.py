"""Finds the files that the user means: files, directories, globs that the shell left alone, and standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policyctl.collectors.ignoring import Ignored, ignored_above
from policyctl.collectors.image_file_names import is_dockerfile_name
from policyctl.collectors.reading import (
    JSON_SUFFIXES,
    MARKDOWN_SUFFIXES,
    STDIN,
    YAML_SUFFIXES,
)
from policyctl.model.document import Input
from policyctl.model.printable import printable

_CANDIDATES: Final = JSON_SUFFIXES | YAML_SUFFIXES | MARKDOWN_SUFFIXES
_GIT: Final = ".git"
_NOT_ENTERED: Final = frozenset(
    {
        ".hg",
        ".svn",
        ".venv",
        "node_modules",
        ".terraform",
        ".terragrunt-cache",
        "__pycache__",
        ".tox",
        ".nox",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read. `path` is what to call it, relative to the working directory where possible; `file` is where it
    lies.

    `named` files are those the user named: they must be understood. The others were met in a directory.
    """

    path: str
    file: str
    named: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files of a directory are read, told by their names; `words` say so to people."""

    fits: Callable[[str], bool]
    words: str


def _is_candidate(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in _CANDIDATES or is_dockerfile_name(name)


SUBJECTS: Final = Wanted(_is_candidate, "JSON, YAML, Markdown or Dockerfile")


def discover(paths: Sequence[str], cwd: str | os.PathLike[str], wanted: Wanted = SUBJECTS) -> Iterator[Found | Input]:
    """Every file under `paths` (relative to `cwd`) once, in the order of `paths`, directories sorted by name.

    A path or glob that finds nothing, a broken link and a directory that cannot be listed give an `Input` of status
    "error"; files of a directory that are not `wanted` by their names, and links that lead out of it, one of
    status "skipped". So do the folders that git ignores or that tools keep for themselves, which are not entered, and
    those of these that git ignores.
    """
    yield from _Discovery(paths, os.path.abspath(cwd), wanted).run()


@dataclass(frozen=True, slots=True)
class _Directory:
    """One to enter. `real` is its path without links, `ignored` what holds in the directory above it."""

    path: str
    real: str
    ignored: Ignored


@dataclass(frozen=True, slots=True)
class _Entry:
    """One that is no directory. `real` is its path without links, unless it is one itself."""

    entry: os.DirEntry[str]
    real: str


class _Discovery:
    def __init__(self, paths: Sequence[str], cwd: str, wanted: Wanted) -> None:
        self._wanted = wanted
        self._cwd = cwd
        self._paths = [match for path in dict.fromkeys(paths) for match in self._expanded(path)]
        self._named = {os.path.realpath(self._absolute(path)) for path in self._paths if isinstance(path, str)}
        self._seen: set[str] = set()

    def run(self) -> Iterator[Found | Input]:
        for path in self._paths:
            if isinstance(path, Input):
                yield path
            elif path == STDIN:
                yield Found(STDIN, STDIN, named=True)
            elif os.path.isdir(file := self._absolute(path)):
                yield from self._walk(file)
            elif self._is_new(os.path.realpath(file)):
                yield Found(self._shown(file, path), file, named=True)

    def _expanded(self, path: str) -> list[str | Input]:
        if path == STDIN or os.path.lexists(self._absolute(path)):
            return [path]
        if not glob.has_magic(path):
            return [
                _error(
                    path,
                    "there is no such file or directory",
                    "look at the spelling and the working directory",
                )
            ]
        matches = sorted(glob.glob(path, root_dir=self._cwd, recursive=True))
        return list(matches) or [
            _error(
                path,
                "the pattern matches no file",
                "look at the pattern and the working directory",
            )
        ]

    def _absolute(self, path: str) -> str:
        return os.path.join(self._cwd, path)

    def _is_new(self, real: str) -> bool:
        if real in self._seen:
            return False
        self._seen.add(real)
        return True

    def _walk(self, top: str) -> Iterator[Found | Input]:
        top = os.path.normpath(top)
        root = os.path.realpath(top)
        pending: list[_Directory | _Entry | Input] = [_Directory(top, root, ignored_above(top))]
        while pending:
            item = pending.pop()
            if isinstance(item, Input):
                yield item
                continue
            if isinstance(item, _Entry):
                yield from self._entry(item.entry, item.real, root)
                continue
            ignored = item.ignored.entering(item.path)
            try:
                with os.scandir(item.path) as entries:
                    found = sorted(entries, key=lambda entry: entry.name, reverse=True)
            except OSError as error:
                yield _error(self._shown(item.path), f"cannot be listed ({error.strerror})", "look at the permissions")
                continue
            for entry in found:
                is_directory = entry.is_dir(follow_symlinks=False)
                if is_directory and entry.name == _GIT:
                    continue
                real = os.path.join(item.real, entry.name)
                if (entry.path, is_directory) in ignored or (is_directory and entry.name in _NOT_ENTERED):
                    if real not in self._named and (is_directory or self._wanted.fits(entry.name)):
                        pending.append(self._left_out(entry, is_directory))
                    continue
                pending.append(_Directory(entry.path, real, ignored) if is_directory else _Entry(entry, real))

    def _left_out(self, entry: os.DirEntry[str], is_directory: bool) -> Input:
        """A trace of what is left out: it may be why nothing was found."""
        why = "ignored by git"
        if is_directory:
            kept = entry.name in _NOT_ENTERED
            why = f"{'a folder that tools keep for themselves' if kept else why}: not entered"
        return Input(self._shown(entry.path), "skipped", message=why)

    def _entry(self, entry: os.DirEntry[str], real: str, root: str) -> Iterator[Found | Input]:
        shown = self._shown(entry.path)
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not _is_inside(real, root):
                yield Input(shown, "skipped", message="a link that leads out of the directory")
                return
            if not os.path.exists(real):
                yield _error(
                    shown, "a link that leads nowhere, or in a circle", "remove the link, or restore its target"
                )
                return
            if os.path.isdir(real):
                return  # what it leads to is met in its own place
        if not self._wanted.fits(entry.name):
            yield Input(shown, "skipped", message=f"no {self._wanted.words} by its name")
        elif self._is_new(real):
            yield Found(shown, entry.path, named=real in self._named)

    def _shown(self, file: str, path: str = "") -> str:
        normal = os.path.normpath(file)
        is_inside = _is_inside(normal, self._cwd)
        shown = (normal[len(self._cwd) :].lstrip(os.sep) or ".") if is_inside else path or file
        # A name that is not valid UTF-8 could be neither recorded nor printed.
        return shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_inside(path: str, directory: str) -> bool:
    return path == directory or path.startswith(directory.rstrip(os.sep) + os.sep)


def _error(path: str, what: str, hint: str) -> Input:
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return Input(shown, "error", message=f"{printable(shown)}: {what}", hint=hint)
