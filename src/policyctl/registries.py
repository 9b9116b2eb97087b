"""The registries that may be asked, and who says so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policyctl import plugins
from policyctl.context import Context
from policyctl.model.content import Surroundings
from policyctl.model.document import Input
from policyctl.model.errors import UsageError
from policyctl.settings import Settings


@dataclass(frozen=True, slots=True)
class Registries:
    """The address of each registry that the configuration names, by scheme, and the environment, which may name others."""

    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    urls: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = False
    refused: str = ""

    @classmethod
    def of(cls, settings: Settings, context: Context, environment: Mapping[str, str] | None = None) -> Registries:
        """Those of a run. A pipeline judges what somebody else proposes: there, the tree under judgement names no server to ask."""
        env = os.environ if environment is None else environment
        refused = str(settings.file) if context.pipeline and not settings.trusted and settings.registries else ""
        return cls(env, settings.registries, settings.trusted, refused)

    def collect(self, uri: str) -> list[Input]:
        """What a registry holds under this name. Raises UsageError where it is not known how to reach it."""
        return list(self.each(uri))

    def each(self, uri: str) -> Iterator[Input]:
        """The same, one version after the other: whoever needs only some does not wait for all."""
        scheme, _, text = uri.partition(":")
        asks = plugins.registry(scheme)
        if asks is None:
            raise UsageError(f"{uri}: no registry of this name is known")
        if self.refused and scheme in self.urls:
            raise UsageError(
                f"{self.refused}: names the server to ask for {uri}; in a pipeline, the tree under judgement does not",
                hint="name it in the environment, or in a trusted configuration",
            )
        surroundings = Surroundings(self.environment, self.urls.get(scheme, ""), self.trusted)
        for entry in asks.collect(text, surroundings):
            yield replace(entry, named=True)


NO_REGISTRIES = Registries()
"""No address and no environment: whoever asks one is told that nobody names it."""


def split(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Files, folders and globs; and what registries are asked for. A file that is called like that is named with "./" before it."""
    schemes = tuple(f"{plugin.name}:" for plugin in plugins.plugins(plugins.SOURCES))
    asked = [path for path in paths if path.startswith(schemes)]
    return [path for path in paths if not path.startswith(schemes)], asked
