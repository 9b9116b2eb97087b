"""Finding the line of a finding: in the `.tf` files where they lie beside the plan, else in the plan itself."""

from __future__ import annotations

import os.path
from collections.abc import Mapping, Sequence

from policyctl.collectors.terraform import attributes, sources
from policyctl.collectors.terraform.changes import Instance
from policyctl.collectors.terraform.configuration import Configuration, Names
from policyctl.model.content import Content
from policyctl.model.document import Location, Path

_LEVELS_UP = 6
_FEW_LINES = 5
_PARTS = {"values", "references", "unknown", "computed", "masked"}


class Locator:
    """The `Locate` of one plan, and the text of its blocks. Nothing is read from disk before the first call."""

    def __init__(self, content: Content, instances: Sequence[Instance], configuration: Configuration) -> None:
        self._content = content
        self._instances = {one.address: one for one in instances}
        self._configuration = configuration
        self._root: str | None = None
        self._searched = False
        self._blocks: dict[str, Mapping[sources.Name, sources.Found]] = {}

    def __call__(self, resource: str, path: Path) -> Location | None:
        instance = self._instances.get(resource)
        if instance is None:
            return Location(self._content.path, 1)
        return self._in_sources(instance, path) or self._in_plan(instance, path)

    def written(self, instance: Instance) -> str | None:
        """The text of the instance's own block; None where its file is not at hand."""
        found = self._found(instance)
        return found[0].text if found and found[1] else None

    def _in_sources(self, instance: Instance, path: Path) -> Location | None:
        found = self._found(instance)
        if found is None:
            return None
        block, own = found
        return Location(block.file, block.line + (attributes.line_of(block.text, _steps(path)) if own else 0))

    def _found(self, instance: Instance) -> tuple[sources.Found, bool] | None:
        """The instance's block, and whether it is its own: else that of the call which brings in a module whose files are elsewhere."""
        directory = self._root_directory()
        if directory is None:
            return None
        at: Names = ()
        for name, _ in instance.path:
            source = self._configuration.modules[at].sources.get(name, "") if at in self._configuration.modules else ""
            if not source.startswith(("./", "../")):
                call = self._directory(directory).get(("module", name, ""))
                return (call, False) if call else None
            directory = os.path.normpath(os.path.join(directory, source))
            at = (*at, name)
        kind = "data" if instance.mode == "data" else "resource"
        block = self._directory(directory).get((kind, instance.type, instance.name))
        return (block, True) if block else None

    def _in_plan(self, instance: Instance, path: Path) -> Location:
        """The plan's own line, where it is not all on one."""
        line = None
        if self._content.text.count("\n", 0, 100_000) > _FEW_LINES:
            line = self._content.line_of(0, (*instance.origin, *_steps(path)))
        return Location(self._content.path, line or 1)

    def _directory(self, directory: str) -> Mapping[sources.Name, sources.Found]:
        if directory not in self._blocks:
            self._blocks[directory] = sources.blocks(directory)
        return self._blocks[directory]

    def _root_directory(self) -> str | None:
        """The plan's directory or one above it that holds every resource and module call of the plan's root module."""
        if not self._searched:
            self._searched = True
            wanted = self._root_names()
            here = os.path.dirname(self._content.path) or "."
            for _ in range(_LEVELS_UP if wanted else 0):
                if wanted <= self._directory(here).keys():
                    self._root = here
                    break
                if os.path.exists(os.path.join(here, ".git")) or os.path.dirname(
                    os.path.abspath(here)
                ) == os.path.abspath(here):
                    break
                here = os.path.normpath(os.path.join(here, ".."))
        return self._root

    def _root_names(self) -> set[sources.Name]:
        root = self._configuration.modules.get(())
        if root is None:
            return set()
        resources = {("data" if mode == "data" else "resource", type_, name) for mode, type_, name in root.resources}
        return resources | {("module", name, "") for name in root.calls}


def _steps(path: Path) -> Path:
    """The path inside the values: without the fact's own first word, dotted words taken apart."""
    steps: list[str | int] = []
    for step in path:
        words = step.split(".") if isinstance(step, str) else [step]
        steps.extend(int(word) if isinstance(word, str) and word.isdecimal() else word for word in words)
    return (
        tuple(steps[1:])
        if steps and steps[0] in {"values", "references", "unknown", "computed", "masked"}
        else tuple(steps)
    )
