"""The sections of a card's Markdown: headings (ATX, underlined, HTML) and bold labels, and what people wrote there.

markdown-it-py tells blocks apart (CommonMark), so headings in code fences and comments are none. Inline markup is not
parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from policyctl.collectors.model_card.headings import CONTACT, OWNER, kinds_of
from policyctl.collectors.model_card.visible import Visibility
from policyctl.collectors.model_card.wording import placeholders_in, plain, stated, without_comments, words_in, written
from policyctl.model.facts.model_card import Section, SectionKind

_LABEL: Final = re.compile(r"[ \t]*(?:\*\*|__)(?P<label>[^*\n]{2,80}?)(?:\*\*|__)(?P<rest>.*)")
_CARD: Final = re.compile(r"\b(model|dataset|data) card\b", re.IGNORECASE)
_HTML_HEADING: Final = re.compile(r"<h([1-6])\b[^<>]*>([^\n]{0,200}?)</h\1>", re.IGNORECASE)
_LONGEST: Final = 300
_LABELLED: Final = 7
_ITEM_KINDS: Final[frozenset[SectionKind]] = frozenset(
    {"intended_use", "out_of_scope_use", "limitations", "licence", "contact", "citation"}
)
"""What the label of a list item may open: in lists, other words are as often those of features or fields."""
_LABEL_KINDS: Final[frozenset[SectionKind]] = _ITEM_KINDS | {
    "risks_and_bias",
    "recommendations",
    "training_data",
    "training_procedure",
    "evaluation",
    "environmental_impact",
    "personal_information",
    "annotations",
}
_STATEMENTS: Final[frozenset[SectionKind]] = frozenset(
    {"intended_use", "out_of_scope_use", "limitations", "risks_and_bias", "recommendations"}
)
"""What is said in sentences: code says none of it."""
_INHERITED: Final[tuple[SectionKind, ...]] = ("other",)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be seen. `opener` is the heading it stands under, or the bold label (`is_label`), at line `opened`, and
    `kinds` what that announces. `block` is where its paragraph begins.
    """

    text: str
    number: int
    block: int
    opener: str
    opened: int
    kinds: tuple[SectionKind, ...]
    is_label: bool


@dataclass(frozen=True, slots=True)
class Body:
    """What the Markdown of a card says. `title` is its first heading, if of level 1 or a card's; `labels` are bold
    labels (lower case) with the text after them, as written; `lines` all that can be seen.
    """

    title: str | None
    sections: list[Section]
    owners: list[str]
    contacts: list[str]
    labels: dict[str, str]
    lines: list[Line]
    placeholders: int


@dataclass(slots=True)
class _Open:
    """A section that is being read. `level` is 0 before the first heading and _LABELLED for one that a bold label opened."""

    heading: str
    level: int
    line: int
    kinds: tuple[SectionKind, ...]
    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    placeholders: int = 0

    @property
    def all(self) -> str:
        """Text and code."""
        return "\n".join((*self.text, *self.code))


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    line: int
    level: int = 0
    in_item: bool = False
    is_code: bool = False


def read_body(text: str, first_line: int) -> Body:
    """The sections of `text`, whose first line is line `first_line` of the file."""
    reader = _Reader()
    for block in _blocks(text, first_line):
        if block.level:
            reader.heading(block.text, block.level, block.line)
        elif block.is_code:
            reader.code(block)
        else:
            reader.paragraph(block)
    return reader.body()


class _Reader:
    def __init__(self) -> None:
        self._heading = _Open("", 0, 1, ("description",))
        self._all = [self._heading]
        self._current = self._heading
        self._title: str | None = None
        self._is_first = True
        self._labels: dict[str, str] = {}
        self._lines: list[Line] = []

    def heading(self, text: str, level: int, line: int) -> None:
        name = plain(text)
        if not name:
            return
        kinds = kinds_of(name)
        if self._is_first:
            # A title names the thing, whatever words are in it: "Bias detector" has not said anything of bias yet.
            is_title = level == 1 or _CARD.search(name) is not None
            self._title = name if is_title else None
            kinds = ("description",) if is_title else kinds
            self._is_first = False
        self._heading = self._current = _Open(
            name, level, line, kinds or self._inherited(level), placeholders=placeholders_in(text)
        )
        self._all.append(self._heading)
        self._see(name, line, line)

    def code(self, block: _Block) -> None:
        self._current.code.append(block.text)
        for number, line in enumerate(block.text.split("\n")):
            self._see(line, block.line + number, block.line)

    def paragraph(self, block: _Block) -> None:
        after = self._current
        for number, line in enumerate(block.text.split("\n")):
            label = _LABEL.match(line)
            if label is None:
                self._add(self._current, line)
            else:
                self._labelled(label["label"], label["rest"].strip(), block, block.line + number)
            self._see(line, block.line + number, block.line)
        if block.in_item:
            self._current = after

    def _labelled(self, bold: str, rest: str, block: _Block, line: int) -> None:
        label, is_field = plain(bold), bold.rstrip().endswith(":") or rest.startswith(":")
        rest = rest.lstrip(" :")
        kinds = tuple(kind for kind in kinds_of(label) if kind in (_ITEM_KINDS if block.in_item else _LABEL_KINDS))
        self._labels.setdefault(label.lower(), without_comments(rest).strip())
        if kinds:
            self._current = _Open(label, _LABELLED, line, kinds)
            self._all.append(self._current)
            self._add(self._current, rest)
            return
        if not block.in_item:
            self._current = self._heading
        # A field of a form with nothing written in it is no statement.
        self._add(self._current, rest if is_field and not words_in(written(rest)) else f"{label} {rest}")

    def _see(self, text: str, number: int, block: int) -> None:
        under = self._current
        self._lines.append(Line(text, number, block, under.heading, under.line, under.kinds, under.level == _LABELLED))

    def _add(self, section: _Open, text: str) -> None:
        section.text.append(text)

    def _inherited(self, level: int) -> tuple[SectionKind, ...]:
        """The kinds of the nearest heading above: "Languages" under "Training data" is training data."""
        for section in reversed(self._all):
            if section.level < level:
                return _INHERITED if section.level <= 1 else section.kinds
        return _INHERITED

    def body(self) -> Body:
        read = [section for section in self._all if section.level > 0 or words_in(written(section.all))]
        named = [_named(section) for section in read]
        return Body(
            title=self._title,
            sections=[entry for section in read for entry in _entries(section)],
            owners=_people(OWNER, self._labels, named),
            contacts=_people(CONTACT, self._labels, named),
            labels=self._labels,
            lines=self._lines,
            placeholders=sum(section.placeholders + placeholders_in(section.all) for section in self._all),
        )


def _entries(section: _Open) -> Iterator[Section]:
    with_code, without_code = stated(section.all), stated("\n".join(section.text))
    for kind in section.kinds:
        words, is_placeholder = without_code if kind in _STATEMENTS else with_code
        yield {
            "kind": kind,
            "heading": section.heading,
            "line": section.line,
            "words": words,
            "placeholder": is_placeholder,
        }


def _named(section: _Open) -> tuple[str, str]:
    return section.heading, section.all.strip() if stated(section.all)[0] else ""


def _people(wording: re.Pattern[str], labels: dict[str, str], sections: list[tuple[str, str]]) -> list[str]:
    """What stands after matching labels and under matching headings, as written, without placeholders and doubles."""
    found = [text for label, text in (*labels.items(), *sections) if wording.match(label)]
    return list(dict.fromkeys(" ".join(text.split())[:_LONGEST] for text in found if words_in(written(text))))


def _blocks(text: str, first_line: int) -> Iterator[_Block]:
    from markdown_it import MarkdownIt

    level, items, visibility = 0, 0, Visibility()
    for token in MarkdownIt("commonmark").disable(["inline"]).parse(text):
        line = (token.map[0] if token.map else 0) + first_line
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            yield _Block(visibility.seen(token.content, markdown=True), line, level, items > 0)
            level = 0
        elif token.type == "html_block":
            yield from _html(visibility.seen(token.content, markdown=False), line)
        elif token.type in ("fence", "code_block"):
            if not visibility.is_hidden:
                yield _Block(token.content.replace("<!--", " "), line, is_code=True)
        elif token.type in ("list_item_open", "list_item_close"):
            items += token.nesting


def _html(content: str, line: int) -> Iterator[_Block]:
    position = 0
    for match in _HTML_HEADING.finditer(content):
        yield _Block(content[position : match.start()], line)
        line += content.count("\n", position, match.start())
        yield _Block(match[2], line, int(match[1]))
        position = match.end()
    yield _Block(content[position:], line)
