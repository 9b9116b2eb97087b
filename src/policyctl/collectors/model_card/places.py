"""Where the facts of a card stand in its file."""

from __future__ import annotations

from policyctl.collectors.model_card.metadata import SOURCES
from policyctl.collectors.yaml_lines import YamlLines
from policyctl.model.content import Content
from policyctl.model.document import Locate, Location, Path
from policyctl.model.facts.model_card import ModelCardFacts


class Places:
    """Finds lines for one card: in its metadata through `lines` (front matter), else through the content (JSON)."""

    def __init__(
        self,
        content: Content,
        lines: YamlLines | None = None,
        keys: frozenset[str] = frozenset(),
        problem_line: int = 1,
    ) -> None:
        self._path = content.path
        self._line_of = lines or content.line_of
        self._keys = keys
        self._problem_line = problem_line

    def of(self, facts: ModelCardFacts) -> Locate:
        """The places of `facts`. A path names a fact ("sections", 3) or a key of the metadata ("model-index", 0, …).

        Either may begin with where it is looked for ("facts", "metadata"). What is not there, such as a missing section,
        has the card's first line; a fact ("facts", …) that front matter hides which cannot be read, the line that is at fault.
        """

        def locate(_resource: str, path: Path) -> Location:
            steps = path[1:] if path[:1] in (("facts",), ("metadata",)) else path
            otherwise = self._problem_line if path[:1] == ("facts",) else 1
            return Location(self._path, self._line(facts, steps) or otherwise)

        return locate

    def _line(self, facts: ModelCardFacts, path: Path) -> int | None:
        if not path:
            return None
        first, index = path[0], path[1] if len(path) > 1 else None
        if first == "sections" and isinstance(index, int) and index < len(facts["sections"]):
            return facts["sections"][index].get("line")
        if first == "licence_statements" and isinstance(index, int) and index < len(facts["licence_statements"]):
            said = facts["licence_statements"][index]
            return said.get("line") or self._line_of(0, (said.get("key", "license"),))
        if first == "results" and isinstance(index, int) and index < len(facts["results"]):
            return self._line_of(0, (*facts["results"][index]["path"], *path[2:]))
        if first in self._keys:
            return self._line_of(0, path)
        alike = SOURCES.get(str(first)) or next((keys for keys in SOURCES.values() if first in keys), ())
        key = next((key for key in alike if key in self._keys), None)
        if key is None:
            return None
        return self._line_of(0, (key, *path[1:2]))
