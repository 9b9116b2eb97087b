"""SPDX 2.1 to 2.3 in the tag-value form, in the shape that SPDX 2.3 has in JSON: so Conftest gives it, whatever the version.

What Conftest takes in and then leaves out (snippets, reviews, which element an annotation is about) is an error: a policy that looks for
it would pass. So is a tag that stands twice where one is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from policyctl.collectors.configuration import spdx_values
from policyctl.collectors.configuration.parsed import Parsed
from policyctl.collectors.configuration.spdx_tags import AT_ONCE, HERE, LEFT_OUT, NEXT, SECTIONS, Name
from policyctl.collectors.configuration.tag_values import TagValue, tag_values
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_VERSIONS: Final = ("SPDX-2.1", "SPDX-2.2", "SPDX-2.3")
_UNSEEN = "Conftest leaves it out, so no policy could see it"


def read_spdx(text: str, path: str) -> Parsed:
    """The document. Raises InputError for another version, for tags that are not known where they stand, and for what is left out."""
    tags = list(tag_values(text, path))
    version = next((found.value for found in tags if found.tag == "SPDXVersion"), "")
    if version not in _VERSIONS:
        what = f"SPDX of the version {printable(version, 40)} is not read" if version else "no SPDXVersion"
        raise InputError(
            f"{printable(path)}: {what}",
            hint="read are SPDX-2.1 to SPDX-2.3 in the tag-value form; name a document in JSON with --parser json",
        )
    reader = _Reader(before_2_3=version != _VERSIONS[-1])
    for found in tags:
        reader.take(found)
    return Parsed((reader.finished(),))


@dataclass(slots=True)
class _Part:
    """One object of the document; `begun` is the tag that has begun it, `seen` are the tags it has had."""

    name: Name
    begun: TagValue | None
    values: dict[str, Any]
    seen: set[str] = field(default_factory=set)

    def put(self, found: TagValue) -> None:
        """One more tag. Empty text is left out, unless the object always has it."""
        section = SECTIONS[self.name]
        place = section.tags[found.tag]
        if found.tag in self.seen and not place.many:
            found.refuse(f"{found.tag} stands twice in one {self.name}", "take one of them out")
        self.seen.add(found.tag)
        value = place.read(found)
        if place.many:
            if self.values.get(place.key) is None:
                self.values[place.key] = []
            self.values[place.key].append(value)
        elif not place.key:
            self.values.update(value)
        elif value != "" or place.key in section.begun:
            self.values[place.key] = value


class _Reader:
    """`before_2_3`: of these versions Conftest gives an empty code for every package, and no creation that says nothing."""

    def __init__(self, before_2_3: bool) -> None:
        self._before_2_3 = before_2_3
        self._document, self._creation = self._part("document"), self._part("creation")
        self._parts: dict[Name, _Part] = {"document": self._document, "creation": self._creation}
        self._all: list[_Part] = []
        self._main: Name = "document"
        self._last: Name = "document"
        self._only_header = True

    def take(self, found: TagValue) -> None:
        """One more tag, put where it belongs."""
        if found.tag in LEFT_OUT:
            found.refuse(f"{LEFT_OUT[found.tag]}: {_UNSEEN}", "take it out to have the rest judged")
        if found.tag == "SPDXREF" and "annotation" in self._parts:
            self._about(found)
            return
        name = self._name(found)
        if found.tag == SECTIONS[name].opens:
            self._open(name, found)
        if name not in self._parts or (name in AT_ONCE and self._last != name and found.tag != SECTIONS[name].opens):
            found.refuse(f"{found.tag} without {SECTIONS[name].opens} before it")
        self._parts[name].put(found)
        self._last = name
        self._only_header = self._only_header and name == "document"

    def finished(self) -> dict[str, Any]:
        """The whole document."""
        for part in self._all:
            if part.begun and "SPDXID" in SECTIONS[part.name].tags and "SPDXID" not in part.seen:
                part.begun.refuse(f"a {part.name} without SPDXID", "give it one")
        says_nothing = self._before_2_3 and self._creation.values == SECTIONS["creation"].begun
        creation = None if self._only_header or says_nothing else self._creation.values
        return {**self._document.values, "spdxVersion": _VERSIONS[-1], "creationInfo": creation}

    def _name(self, found: TagValue) -> Name:
        """What the tag is about."""
        here = (name for name in HERE[self._main] if found.tag in SECTIONS[name].tags)
        begun = (name for name in NEXT[self._main] if found.tag == SECTIONS[name].opens)
        name = next(here, None) or next(begun, None)
        if name is None:
            found.refuse(f"the tag {printable(found.tag, 60)} is not known in the part about a {self._main}")
        return name

    def _open(self, name: Name, found: TagValue) -> None:
        section = SECTIONS[name]
        if name in HERE:
            self._main = name
            for inside in [other for other in self._parts if SECTIONS[other].within == name]:
                del self._parts[inside]
        into = self._parts.get(section.within, self._document).values
        part = self._parts[name] = self._part(name, found)
        self._all.append(part)
        into.setdefault(section.listed_as, []).append(part.values)

    def _part(self, name: Name, begun: TagValue | None = None) -> _Part:
        part = _Part(name, begun, dict(SECTIONS[name].begun))
        if name == "package" and self._before_2_3:
            part.values["packageVerificationCode"] = {"packageVerificationCodeValue": ""}
        return part

    def _about(self, found: TagValue) -> None:
        """Conftest has every annotation with the document and leaves out what it is about: told only where that is the document."""
        if spdx_values.reference(found, found.value) != self._document.values["SPDXID"]:
            found.refuse(
                f"an annotation of {printable(found.value, 60)}: {_UNSEEN}", "take it out to have the rest judged"
            )
