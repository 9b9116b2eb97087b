"""Facts of registered versions: each with the run, the logged model and the files that it names.

Source: MLflow REST API 2.0, "Get Registered Model" and "Get Model Version".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from policyctl.collectors.mlflow.api import Mlflow
from policyctl.collectors.mlflow.reference import SCHEME
from policyctl.collectors.mlflow.values import mappings, moments, pairs, texts
from policyctl.collectors.mlflow.version_sources import VersionSources
from policyctl.collectors.registries.server import Answer, SourceError
from policyctl.collectors.system_names import names_a_system
from policyctl.model.document import Input
from policyctl.model.gathered import Gathered

AT_ONCE: Final = 16
"""Versions that are read at once. MLflow's server answers each question about 40 ms late (two packets, the second of which waits for the
first one's acknowledgement), so that fewer would leave it idle."""

_STATUS = {"READY": "ready", "PENDING_REGISTRATION": "pending", "FAILED_REGISTRATION": "failed"}


class Versions:
    """The versions of one registered model."""

    def __init__(self, mlflow: Mlflow, model: Answer) -> None:
        self._mlflow, self._model = mlflow, model
        self._name = str(model.value.get("name", ""))
        self._tags = pairs(model.value.get("tags"))
        self._aliases: dict[str, list[str]] = {}
        for entry in mappings(model.value.get("aliases")):
            self._aliases.setdefault(str(entry.get("version")), []).append(str(entry.get("alias")))

    def collect(self, versions: Iterable[Answer]) -> Iterator[Input]:
        """One input a version. A model without versions is an error: somebody waits for a verdict about it."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            waiting: deque[Future[Input]] = deque()
            any_version = False
            for version in versions:
                any_version = True
                waiting.append(threads.submit(self._input, version))
                if len(waiting) > 2 * AT_ONCE:
                    yield waiting.popleft().result()
            yield from (future.result() for future in waiting)
        if not any_version:
            path = f"{SCHEME}:{self._name}"
            yield Input(path, "error", "model", f"{path}: has no versions", "register one, or leave it out")

    def _input(self, answer: Answer) -> Input:
        version = answer.value.get("version")
        if answer.value.get("name") != self._name or not isinstance(version, (str, int)):
            raise SourceError(
                f"asked about {self._name}, the server speaks of another model", hint="look at the address"
            )
        id = f"{SCHEME}:{self._name}/{version}"
        gathered = Gathered({"id": id})
        sources = VersionSources(self._mlflow, gathered, answer.value)
        sources.read_origin()
        looked = (
            "artefact",
            "code",
            "datasets",
            "description",
            "registered",
            "requirements",
            "run",
            "signature",
            "status",
        )
        gathered.add(id, answer.stamp, self._stated(answer.value, str(version)), looked=looked)
        sources.read_run()
        own, beside = sources.read_files(id), sources.read_beside(id)
        tags = gathered.facts["tags"]
        system = next((value for tag, value in sorted(tags.items()) if names_a_system(tag) and value), None)
        collected = gathered.collected(id, id, system)
        return Input(id, "decided", "model", subjects=(collected, *(card for card in (own, beside) if card)))

    def _stated(self, version: Mapping[str, Any], number: str) -> dict[str, Any]:
        """The version's own fields, and those of its model that hold for every version."""
        described = version.get("description") or self._model.value.get("description")
        facts = version_facts({**version, "description": described})
        tags = {**self._tags, **facts["tags"]}
        return {**facts, "registry": "mlflow", "tags": tags, "aliases": sorted(self._aliases.get(number, []))}


def version_facts(version: Mapping[str, Any]) -> dict[str, Any]:
    """What "Get Model Version" tells, under the names of our facts."""
    status = _STATUS.get(str(version.get("status")))
    return {
        **texts(
            {**version, "version": str(version.get("version"))},
            name="name",
            version="version",
            description="description",
        ),
        **moments(version, registered="creation_timestamp"),
        **({"status": status} if status else {}),
        "run": texts(version, id="run_id"),
        "tags": pairs(version.get("tags")),
        "aliases": sorted(alias for alias in version.get("aliases") or [] if isinstance(alias, str)),
    }
