"""Records that people keep of AI systems, each a YAML mapping that names its kind.

    policyctl: incident
    id: 2026-014
    system: credit-scoring
    aware: 2026-11-03

The keys are those of the kind's type in `model.facts`, and no others; what is not known is left out. A record belongs to the system
that it names. What is in it is somebody's word: evidence is named with its digest, and compared with its file where it has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from policyctl.collectors.records.shape import reader_of
from policyctl.collectors.written_values import MARK, Wrong, marked, place
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap, Input, Kind, Location, Path
from policyctl.model.errors import InputError
from policyctl.model.facts import facts_of
from policyctl.model.printable import printable


class RecordCollector:
    """Reads records of one kind, each a subject of its own. Of the facts, `id` and `system` are always there."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def recognises(self, content: Content) -> bool:
        """Told by the mark. Asked last: what is also of another kind is judged as that."""
        return marked(content, self.kind)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One record a content; an error where it is none, or is misspelt."""
        for content in contents:
            try:
                yield Input(content.path, "decided", self.kind, subjects=(self._collected(content),))
            except InputError as error:
                yield Input(content.path, "error", self.kind, error.message, error.hint)

    def _collected(self, content: Content) -> Collected:
        if len(content.values) != 1 or not self.recognises(content):
            raise InputError(
                f"{printable(content.path)}: is no record of kind {self.kind}",
                hint=f"one YAML mapping is expected, with the line: {MARK}: {self.kind}",
            )
        written = {key: value for key, value in content.values[0].items() if key != MARK}
        try:
            facts = reader_of(facts_of(self.kind), content.file or content.path)(written, ())
        except Wrong as wrong:
            hint = f"policyctl gather --schema {self.kind} prints every key"
            raise InputError(f"{place(content, wrong)}: {wrong}", hint=hint) from wrong

        def locate(_resource: str, path: Path) -> Location | None:
            line = content.line_of(0, path)
            return Location(content.path, line) if line else None

        return Collected(
            kind=self.kind,
            subject={"id": facts["id"], "path": content.path},
            facts=facts,
            sources=({"path": content.path, "sha256": content.sha256},),
            gaps=tuple(
                Gap(code="ambiguous_yaml", reason=reason, paths=[["facts", *map(str, path[:1])]], at=[*path])
                for _, path, reason in content.doubts
            ),
            locate=locate,
            system_id=facts["system"],
        )


competence = partial(RecordCollector, "competence")
impact_assessment = partial(RecordCollector, "impact_assessment")
decommissioning = partial(RecordCollector, "decommissioning")
gpai_model = partial(RecordCollector, "gpai_model")
incident = partial(RecordCollector, "incident")
supplier = partial(RecordCollector, "supplier")
