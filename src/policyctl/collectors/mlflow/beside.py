"""What lies beside a model, in the folders of its runs: files of results, and its card, where the model's own files have none.

Facts written: `evaluations`, `data_checks`, `card`. Of a run, the files in its own folder are looked at, and none below it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from policyctl.collectors.decoding import decode
from policyctl.collectors.mlflow.api import Mlflow
from policyctl.collectors.mlflow.artefacts import Folder
from policyctl.collectors.mlflow.values import inner_json, mappings, pairs
from policyctl.collectors.reading import JSON_LINES_SUFFIXES, JSON_SUFFIXES, parse
from policyctl.collectors.registries.cards import CARD_BYTES, add_card, card_among
from policyctl.collectors.registries.server import Answer
from policyctl.collectors.results import add_results, read_results
from policyctl.model.document import Collected
from policyctl.model.errors import InputError
from policyctl.model.gathered import Gathered, Stamp

_RUNS: Final = 8
_FILES: Final = 32
_LARGEST: Final = 16 * 1024**2
_HISTORY: Final = "mlflow.log-model.history"
_RESULTS: Final = ("data_checks", "evaluations")


class Beside:
    """Reads the runs of the version `id` into `gathered`. `model` is the id of its logged model; "" where its files are those of a run,
    and None where it is not known whose they are.
    """

    def __init__(self, mlflow: Mlflow, gathered: Gathered, id: str, model: str | None) -> None:
        self._mlflow, self._gathered, self._id, self._model = mlflow, gathered, id, model

    def read(self, trained: Answer | None) -> Collected | None:
        """The folders of the run that trained the version, where it is known, and of those that recorded its results. Gives the card."""
        evaluated = [one["run"] for one in self._gathered.facts["evaluations"] if "run" in one]
        first = None if trained is None else str(self._gathered.facts["run"]["id"])
        runs = [run for run in dict.fromkeys(evaluated) if run != first]
        card = None if trained is None or first is None else self._run(first, trained, self._has_no_card())
        for run in runs[:_RUNS]:
            self._run(run, None, False)
        if len(runs) > _RUNS:
            source = f"{self._id}: runs"
            self._gathered.gap("unreadable_source", f"{source}: more than {_RUNS} hold results", _RESULTS, source)
        return card

    def _run(self, run: str, answer: Answer | None, with_card: bool) -> Collected | None:
        folder = Folder.of_run(self._mlflow.server, run)
        try:
            answer = answer or self._mlflow.run(run)
            paths, listing = folder.top()
            name = card_among(paths) if with_card else None
            content = folder.read(name, CARD_BYTES) if name else b""
        except InputError as error:
            hidden = (*_RESULTS, "card") if with_card else _RESULTS
            self._gathered.missed(f"mlflow: run {run}: files", error, hidden)
            return None
        bound = "registry" if _is_about(answer.value, self._model) else "nothing"
        self._add_results(folder, run, paths, answer, bound)
        if name is None:
            return None
        return add_card(self._gathered, content, name, f"{self._id}/{name}", listing.stamp.time, in_artefact=False)

    def _add_results(self, folder: Folder, run: str, paths: Iterable[str], answer: Answer, bound: str) -> None:
        """A file that cannot be read is a gap: it may hold a result."""
        found = [path for path in paths if path.lower().endswith((*JSON_SUFFIXES, *JSON_LINES_SUFFIXES))]
        if len(found) > _FILES:
            source = f"mlflow: run {run}: files"
            self._gathered.gap("unreadable_source", f"{source}: more than {_FILES} JSON files", _RESULTS, source)
        for path in found[:_FILES]:
            source = f"mlflow: run {run}: {path}"
            try:
                content = folder.read(path, _LARGEST)
                digest = hashlib.sha256(content).hexdigest()
                told = read_results(parse(decode(content, path), path, digest, len(content)).values)
            except InputError as error:
                self._gathered.missed(source, error, _RESULTS)
                continue
            if told:
                add_results(self._gathered, source, Stamp(digest, answer.stamp.time), told, bound)

    def _has_no_card(self) -> bool:
        return "card" not in self._gathered.facts


def _is_about(run: Mapping[str, Any], model: str | None) -> bool:
    """Whether a run names this model and no other as what it took or made; before MLflow 3, whether it made no second one."""
    linked = {
        str(entry.get("model_id"))
        for key, of in (("inputs", "model_inputs"), ("outputs", "model_outputs"))
        if isinstance(run.get(key), dict)
        for entry in mappings(run[key].get(of))
    }
    if model is None:
        return False
    if model or linked:
        return linked == {model}
    data = run.get("data")
    tags = pairs(data.get("tags") if isinstance(data, dict) else None)
    return len({str(entry.get("artifact_path")) for entry in mappings(inner_json(tags.get(_HISTORY)))}) < 2
