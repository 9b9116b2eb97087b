"""What a reader makes of one file: its text and the values in it, with their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from policyctl.model.document import Input, Kind, Path

Syntax = Literal["json", "yaml", "markdown", "text"]


def no_lines(_document: int, _path: Path) -> int | None:
    """The `line_of` of a content without lines."""
    return None


@dataclass(frozen=True, slots=True)
class Content:
    """One file or stream, read within limits, decoded and parsed.

    `path` is what the user calls it: relative to the working directory where possible, "-" for standard input. `sha256`
    is that of the bytes as they lie on disk. `values` holds one plain JSON value (string keys; str, int, float, bool,
    None, list, dict) for each JSON value or YAML document, empty documents left out; none for markdown and text.
    `line_of(document, path)` is the line, from 1, at which the node at `path` of `values[document]` begins (a member's
    at its key); for a path that does not exist, that of its nearest ancestor. `doubts` are the nodes that YAML readers
    disagree about, as (index in `values`, path, reason): facts that depend on one are not known. `file` is where it lies, for what it
    names beside itself; empty where that is `path`.
    """

    path: str
    sha256: str
    syntax: Syntax
    text: str
    values: tuple[Any, ...] = ()
    line_of: Callable[[int, Path], int | None] = no_lines
    doubts: tuple[tuple[int, Path, str], ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a registry is reached with: the environment, and the address that the configuration gives it, empty where it gives none.

    `trusted`: that address is a trusted configuration's, so that credentials of the environment may be meant for it.
    """

    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    url: str = ""
    trusted: bool = False


class Registry(Protocol):
    """Asks one kind of registry. Registered as an entry point of group `policyctl.sources`, under its scheme."""

    def collect(self, text: str, surroundings: Surroundings) -> Iterator[Input]:
        """What `text`, which stands behind the scheme and its colon, names: one `Input` a thing, or one of status "error".

        Raises UsageError where nobody says how the registry is reached.
        """


@dataclass(frozen=True, slots=True)
class Beside:
    """The release record that names a source: it lies in `folder`, which the user calls `shown`.

    `revision` and `repository` are what the sources named before tell of the code that trained the model, empty where they tell nothing;
    `files` the SHA-256 of each of the version's files that they tell of.
    """

    folder: str
    shown: str = ""
    revision: str = ""
    repository: str = ""
    files: frozenset[str] = frozenset()


class RecordSource(Protocol):
    """Reads what lies where a release record lies. Registered as an entry point of group `policyctl.record_sources`, under its scheme."""

    def collect(self, text: str, record: Beside) -> Input:
        """What `text`, which stands behind the scheme and its colon, tells of the version that the record is about: a partial subject, or
        an `Input` of status "error".
        """


class Collector(Protocol):
    """Reads one kind of source into facts. Registered as an entry point of group `policyctl.collectors`."""

    kind: Kind

    def recognises(self, content: Content) -> bool:
        """Whether this content is of the collector's kind, told from what is in it; cheap, never raises."""

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One `Input` a content, in order: with its subjects (status "decided"), "skipped" with the reason, or "error".

        All contents of a run come at once, so that objects can be related. Bad content among good yields "error", never
        raises.
        """
