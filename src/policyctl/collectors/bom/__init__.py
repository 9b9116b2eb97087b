"""Bills of materials for AI: CycloneDX (1.5 to 1.7) and SPDX 3 (AI and Dataset profiles), as JSON.

Facts written: `policyctl.model.facts.bom`. A BOM is one subject; its models and datasets are resources, like those of a plan. One
that lists neither holds nothing to decide about. Signatures are seen and not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from policyctl.collectors.bom.recognition import Format, format_of
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap, Input, Kind, Location, Path
from policyctl.model.printable import printable

if TYPE_CHECKING:
    from policyctl.model.facts.bom import BomFacts

_REFUSED: Final[dict[Format, tuple[str, str]]] = {
    "cyclonedx_xml": (
        "CycloneDX is read as JSON, not as XML",
        "convert it: cyclonedx convert --input-file BOM.xml --output-file BOM.json --output-format json",
    ),
    "spdx_2": (
        "SPDX 2 says nothing of models and datasets",
        "write it as SPDX 3 (JSON-LD) with the AI profile, or as CycloneDX",
    ),
}
_UNVERIFIED: Final = "the BOM is signed; the signature was not verified"


class BomCollector:
    """Reads bills of materials."""

    kind: Kind = "bom"

    def recognises(self, content: Content) -> bool:
        """Told by `bomFormat`, or by SPDX' JSON-LD context. Formats that are not read are recognised to say so."""
        return format_of(content) is not None

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One BOM a content; skipped where it lists no model and no dataset, and where its format is not read."""
        for content in contents:
            yield self._input(content)

    def _input(self, content: Content) -> Input:
        found = format_of(content)
        if found is None:
            hint = "understood are CycloneDX as JSON and SPDX 3 as JSON-LD"
            return Input(content.path, "error", self.kind, f"{printable(content.path)}: not a bill of materials", hint)
        if refused := _REFUSED.get(found):
            return Input(content.path, "skipped", self.kind, *self._named(content, refused))
        # What reads BOMs is imported when there are some.
        if found == "cyclonedx":
            from policyctl.collectors.bom.cyclonedx import read_cyclonedx

            facts, gaps = read_cyclonedx(content)
        else:
            from policyctl.collectors.bom.spdx import read_spdx

            facts, gaps = read_spdx(content)
        if not facts["models"] and not facts["datasets"] and not gaps:
            nothing = (
                "this BOM lists no model and no dataset",
                "there is nothing of AI in it to decide about: leave it out",
            )
            return Input(content.path, "skipped", self.kind, *self._named(content, nothing))
        return Input(content.path, "decided", self.kind, subjects=(self._collected(content, facts, gaps),))

    def _named(self, content: Content, told: tuple[str, str]) -> tuple[str, str]:
        return f"{printable(content.path)}: {told[0]}", told[1]

    def _collected(self, content: Content, facts: BomFacts, gaps: list[Gap]) -> Collected:
        def locate(_resource: str, path: Path) -> Location:
            return Location(content.path, content.line_of(0, path) or 1)

        notes = [gap["reason"] for gap in gaps] + ([_UNVERIFIED] if facts["signed"] else [])
        return Collected(
            kind=self.kind,
            subject={"id": content.path, "path": content.path},
            facts=facts,
            sources=({"path": content.path, "sha256": content.sha256},),
            gaps=tuple(gaps),
            locate=locate,
            notes=tuple(notes),
        )
