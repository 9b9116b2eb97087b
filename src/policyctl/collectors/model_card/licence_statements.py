"""What a card says of its licence elsewhere: in other keys of the metadata, under headings and labels, in sentences, in tables.

It is read closed: text in a place for licences that names none must be a pointer ("see the LICENSE file"), or it has terms that
nobody has read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, Literal

from policyctl.collectors.model_card.licence_names import limits_use, names_in
from policyctl.collectors.model_card.sections import Line
from policyctl.collectors.model_card.wording import written
from policyctl.model.facts.model_card import Licence, LicenceStatement

_Place = Literal["metadata", "section", "sentence"]
_READ_AS_LICENCE: Final = frozenset({"license", "licenses"})
_TAG_PREFIX: Final = "license:"
_OF_A_PART: Final = re.compile(
    r"\b(?:code|software|third[- ]part\w+|dependenc\w+|base model|ontolog\w+)\b", re.IGNORECASE
)
_KEY: Final = re.compile(
    r"^[\W_]*(?:(?:model|dataset|data|weights?)[ ])?licen[sc](?:es?|ing)(?:[ ](?:type|name|id|identifier|information))?"
    r"[\s*_`]*(?:[:=|–—]|-[ ])+(?P<rest>.*)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(
    r"\b(?:this|the|our|these|all)\b[^.|]{0,60}\b(?:models?|weights?|checkpoints?|adapters?|release|card|datasets?|data|corpus"
    r"|repository|repo|project|it)\b[^.|]{0,40}"
    r"\b(?:licen[sc]ed|released|distributed|published|available|provided|shared|governed|covered|subject)\b"
    r"|\blicen[sc]ed (?:under|as)\b|\bthe licen[sc]e (?:is|of)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s*<?([^()\s>]{0,500})[^()]{0,500}\)")
_TAG: Final = re.compile(r"</?(?:table|thead|tbody|tr|td|th|br|p|li|div)\b[^<>]*>", re.IGNORECASE)
_BADGE: Final = re.compile(r"!\[[^\[\]]{0,100}\blicen[sc]e\b[^\[\]]{0,100}\]\(", re.IGNORECASE)
_LICENCE_FILE: Final = re.compile(r"licen[sc]e(?:\.(?:md|txt|html?))?", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"[\s()<>\[\],;]+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_POINTING: Final = frozenset(
    "a about above all an and apply are as at available be below can card check code conditions contained data dataset details "
    "distributed file files find follow following for found full given governed here in included information is it its "
    "licence licences licencing license licensed licenses licensing link md metadata model models more of on or our page please "
    "project provided read refer release released repo repository root same section see stated subject terms text that the "
    "their these this to top txt under used weights with".split()
)
"""Words of which a text is made that only says where the licence is."""


def statements(values: Mapping[str, Any], lines: Sequence[Line], licences: Sequence[Licence]) -> list[LicenceStatement]:
    """What the metadata and the text say; what is said again is left out."""
    first: dict[tuple[str, str, tuple[str, ...]], LicenceStatement] = {}
    for statement in (*_in_metadata(values, licences), *_in_text(lines, licences)):
        first.setdefault((statement["place"], statement["says"], tuple(statement["names"])), statement)
    return list(first.values())


def _in_metadata(values: Mapping[str, Any], licences: Sequence[Licence]) -> Iterator[LicenceStatement]:
    """What the keys besides `license` and `licenses` say: license_name, license_link, license_details, another spelling."""
    tags = values.get("tags")
    tagged = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    named = [tag[len(_TAG_PREFIX) :] for tag in tagged if tag.lower().startswith(_TAG_PREFIX)]
    for key, value in (*values.items(), *([("tags", named)] if named else [])):
        if key in _READ_AS_LICENCE or ("licen" not in key.lower() and value is not named):
            continue
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                for statement in _said(text, "metadata", licences):
                    yield {**statement, "key": key}
            elif text is not None:
                yield {"place": "metadata", "says": "terms", "names": [], "key": key}


def _in_text(lines: Sequence[Line], licences: Sequence[Licence]) -> Iterator[LicenceStatement]:
    """What the card's text says, in the order of its lines; once for each section."""
    sections: dict[tuple[int, str], list[Line]] = {}
    begun: set[tuple[int, str]] = set()
    others: list[Line] = []
    for line in lines:
        key = (line.opened, line.opener)
        known = sections.get(key)
        # A bold label has its own paragraph, or the next one where nothing else stands in it; then other things are said.
        is_past = known is not None and line.is_label and key in begun and known[-1].block != line.block
        if "licence" not in line.kinds or _OF_A_PART.search(line.opener) or is_past:
            others.append(line)
            continue
        sections.setdefault(key, []).append(line)
        if written(_without_label(line)):
            begun.add(key)
    for (opened, opener), written_there in sections.items():
        text = "\n".join(line.text for line in written_there)
        for statement in _said(f"{opener}\n{text}", "section", licences):
            yield {**statement, "line": _line_of(statement, written_there, opened)}
    yield from _elsewhere(others, licences)


def custom_text(text: str, licences: Sequence[Licence]) -> Iterator[LicenceStatement]:
    """What the custom text beside a licence's identifier says (Model Card Toolkit)."""
    return _said(text, "section", licences)


def _without_label(line: Line) -> str:
    return line.text.replace("*", "").replace("_", "").strip().removeprefix(line.opener).strip(" :-")


def _line_of(statement: LicenceStatement, lines: Sequence[Line], opened: int) -> int:
    for line in lines:
        if set(names_in(_readable(line.text))) & set(statement["names"]) or (
            statement["says"] == "limit" and limits_use(line.text)
        ):
            return line.number
    return opened


def _elsewhere(lines: Sequence[Line], licences: Sequence[Licence]) -> Iterator[LicenceStatement]:
    """Keys ("License: …", a table's row) and sentences about the licence of the whole, in text of other sections."""
    prose: list[Line] = []
    for line in lines:
        text = _TAG.sub(" | ", line.text)
        key = _KEY.match(text)
        if key and written(key["rest"]):
            for statement in _said(key["rest"], "section", licences):
                yield {**statement, "line": line.number}
        elif _BADGE.search(text) and (names := _named(text, licences)):
            yield {"place": "section", "says": "licence", "names": names, "line": line.number}
        elif text.lstrip().startswith("|"):
            yield from _sentence(text, line.number, licences)
        else:
            prose.append(line)
    for _, block in groupby(prose, lambda line: line.block):
        paragraph = list(block)
        position, text = 0, "\n".join(line.text for line in paragraph)
        for sentence in _SENTENCE_END.split(text):
            number = paragraph[text.count("\n", 0, position)].number
            yield from _sentence(sentence, number, licences)
            position = text.index(sentence, position) + len(sentence)


def _sentence(text: str, line: int, licences: Sequence[Licence]) -> Iterator[LicenceStatement]:
    if _SENTENCE.search(" ".join(text.split())):
        for statement in _said(text, "sentence", licences):
            if statement["says"] != "terms":
                yield {**statement, "line": line}


def _said(text: str, place: _Place, licences: Sequence[Licence]) -> Iterator[LicenceStatement]:
    readable = " ".join(_readable(text).split())
    names = _named(readable, licences)
    if names:
        yield {"place": place, "says": "licence", "names": names}
    if limits_use(readable):
        yield {"place": place, "says": "limit", "names": []}
    elif not names and any(_tells(piece) for piece in _SEPARATOR.split(readable)):
        yield {"place": place, "says": "terms", "names": []}


def _tells(piece: str) -> bool:
    """Whether a piece of text does more than point: it is no address of a licence file, and has another word."""
    if _LICENCE_FILE.fullmatch(piece.rstrip(".").rsplit("/", 1)[-1]):
        return False
    return not _POINTING.issuperset(_WORD.findall(piece.lower()))


def _named(text: str, licences: Sequence[Licence]) -> list[str]:
    """The licences named in a text; for one that SPDX does not list, the metadata's own word for it."""
    names = set(names_in(text))
    plain = _joined(text)
    for licence in licences:
        for own in (licence["id"], licence.get("name", "")):
            if "spdx" in licence or own.lower() in ("", "other", "unknown", "none"):
                continue
            families = {name for name in names if name.isalpha() and name.lower() in own.lower()}
            if families or _joined(own) in plain:
                names = names - families | {own}
    return sorted(names)


def _joined(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _readable(text: str) -> str:
    """A text with the targets of its links beside them, and without markup."""
    return written(_LINK.sub(r"\1 \2 ", text)).replace("*", "").replace("`", " ")
