"""What a version of a model names: the logged model that is its origin, the run, the files, the card.

A version's own fields are the word of whoever registered it; what they name is asked first, and counts first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from policyctl.collectors.mlflow.api import Mlflow
from policyctl.collectors.mlflow.artefacts import Folder
from policyctl.collectors.mlflow.beside import Beside
from policyctl.collectors.mlflow.files import HIDDEN, read_files
from policyctl.collectors.mlflow.logged_models import logged_model_facts, results
from policyctl.collectors.mlflow.runs import run_facts
from policyctl.collectors.mlflow.values import mappings
from policyctl.collectors.registries.server import Answer, SourceError
from policyctl.model.document import Collected
from policyctl.model.gathered import Gathered

_COPIES: Final = 5
_LOGGED = re.compile(r"models:/(m-[^/]+)/?")
_COPIED = re.compile(r"models:/(?P<name>[^/@]+)/(?P<version>[0-9]+)/?")
_OF_RUN = re.compile(r"runs:/(?P<run>[^/]+)/(?P<path>.+)")


class VersionSources:
    """Reads what one version names into `gathered`. `folder` is where its files are, once they are known."""

    def __init__(self, mlflow: Mlflow, gathered: Gathered, version: Mapping[str, Any]) -> None:
        self._mlflow, self._gathered, self._version = mlflow, gathered, version
        self.folder: Folder | None = None
        self._model = ""
        self._run: Answer | None = None

    def read_origin(self) -> None:
        """The logged model that the version was registered from, where it is one: facts `run`, `code`, `artefact`, `evaluations`."""
        source = self._source()
        if found := _LOGGED.fullmatch(source):
            id = found[1]
            name = f"mlflow: logged model {id}"
            try:
                answer = self._mlflow.logged_model(id)
            except SourceError as error:
                self._gathered.missed(name, error, ("artefact", "conflicts", "evaluations", "run.id"))
                return
            self._gathered.add(name, answer.stamp, logged_model_facts(answer.value), looked=("evaluations",))
            self.folder, self._model = Folder.of_model(self._mlflow.server, id), id

    def read_run(self) -> None:
        """The run that trained the model: facts `run`, `code`, `datasets`, and, for a model of MLflow 2, where its files are."""
        id = self._gathered.facts.get("run", {}).get("id")
        if id is None:
            return
        name = f"mlflow: run {id}"
        try:
            answer = self._mlflow.run(id)
        except SourceError as error:
            self._gathered.missed(name, error, ("code", "conflicts", "datasets", "evaluations", "run"))
            return
        self._run = answer
        facts = run_facts(answer.value)
        if self.folder is None:
            # Without a logged model, what the run recorded is what is known of its model, if the model is the run's own.
            self.folder = self._folder_of_run(answer, id)
            facts["evaluations"] = results(_of_run(answer, id), "registry" if self.folder else "nothing")
        self._gathered.add(name, answer.stamp, facts, looked=("datasets", "evaluations"))

    def read_files(self, id: str) -> Collected | None:
        """The files of the version that is called `id`: facts `artefact`, `signature`, `card`. Gives the card, a subject of its own."""
        if self.folder is None:
            if self._source():
                reason = f"{id}: its files lie where the server does not list them: {self._source()}"
            else:
                reason = f"{id}: the registry does not say where its files are"
            self._gathered.gap("unreadable_source", reason, HIDDEN, id)
            return None
        return read_files(self.folder, self._gathered, id)

    def read_beside(self, id: str) -> Collected | None:
        """What lies beside the files of the version that is called `id`, with its runs: facts `evaluations`, `data_checks`, `card`."""
        model = None if self.folder is None else self._model
        return Beside(self._mlflow, self._gathered, id, model).read(self._run)

    def _folder_of_run(self, run: Answer, id: str) -> Folder | None:
        source = self._source()
        if (found := _OF_RUN.fullmatch(source)) and found["run"] == id:
            return Folder.of_run(self._mlflow.server, id, found["path"].strip("/"))
        info = run.value.get("info")
        root = str(info.get("artifact_uri") or "").rstrip("/") if isinstance(info, dict) else ""
        if root and source.startswith(f"{root}/"):
            return Folder.of_run(self._mlflow.server, id, source.removeprefix(f"{root}/").strip("/"))
        return None

    def _source(self) -> str:
        """Where the version says it comes from; for a copy of another version, where that one does."""
        version = self._version
        for _ in range(_COPIES):
            source = str(version.get("source") or "")
            copied = _COPIED.fullmatch(source)
            if not copied:
                return source
            version = self._mlflow.version(copied["name"], copied["version"]).value
        return ""


def _of_run(run: Answer, id: str) -> list[dict[str, Any]]:
    data = run.value.get("data")
    return [{"run_id": id, **metric} for metric in mappings(data.get("metrics") if isinstance(data, dict) else None)]
