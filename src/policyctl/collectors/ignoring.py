"""Which files of a tree git ignores: every .gitignore from the repository's root down, and .git/info/exclude."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_IGNORE = ".gitignore"


@dataclass(frozen=True, slots=True)
class Ignored:
    """The rules that hold in one directory. Immutable: entering a directory gives new ones."""

    rules: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    def entering(self, directory: str) -> Ignored:
        """The rules inside `directory` (absolute), with those of its own .gitignore."""
        spec = _spec(os.path.join(directory, _IGNORE))
        return self if spec is None else Ignored((*self.rules, (directory, spec)))

    def __contains__(self, entry: tuple[str, bool]) -> bool:
        """Whether git ignores `(path, is a directory)`; the deepest rule that says anything decides."""
        path, is_directory = entry
        for base, spec in reversed(self.rules):
            relative = path[len(base) :].lstrip(os.sep).replace(os.sep, "/") + ("/" if is_directory else "")
            verdict = spec.check_file(relative).include
            if verdict is not None:
                return verdict
        return False


def ignored_above(directory: str) -> Ignored:
    """What the directories above `directory` (absolute), up to the root of its git repository, say about what is in it.

    Nothing, when they ignore `directory` itself: who names it wants it looked at.
    """
    above: list[str] = []
    current = directory
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return Ignored()
        above.append(current := parent)
    rules = Ignored()
    exclude = _spec(os.path.join(current, ".git", "info", "exclude"))
    if exclude is not None:
        rules = Ignored(((current, exclude),))
    for parent in reversed(above):
        rules = rules.entering(parent)
        below = directory[len(parent) :].strip(os.sep).split(os.sep)[0]
        if (os.path.join(parent, below), True) in rules:
            return Ignored()
    return rules


def _spec(path: str) -> GitIgnoreSpec | None:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as stream:
            lines = stream.read(1024 * 1024).splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(_valid(lines))


def _valid(lines: Iterable[str]) -> list[str]:
    """Lines that are patterns: git skips the others without a word."""
    from pathspec import GitIgnoreSpec

    valid = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue
        valid.append(line)
    return valid
