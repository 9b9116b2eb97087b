"""The questions that are asked of an MLflow server. No facts are made here.

Source: MLflow's REST API 2.0; logged models since MLflow 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyctl.collectors.registries.server import Answer, Query, Server, SourceError

_API = "api/2.0/mlflow/"
_PAGE = 1000
_PAGES = 10_000


class Mlflow:
    """One server. Every method raises SourceError where it cannot be asked, or has no such thing."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def models(self) -> Iterator[Answer]:
        """The registered models, each as an answer of its own: {name, tags, aliases, description}."""
        yield from self._paged("registered-models/search", {"max_results": _PAGE}, "registered_models")

    def model(self, name: str) -> Answer:
        """One registered model."""
        return self._inner(self._get("registered-models/get", {"name": name}), "registered_model")

    def versions(self, name: str) -> Iterator[Answer]:
        """Every version of a model, without its aliases."""
        quote = '"' if "'" in name else "'"  # MLflow's filters know no escapes
        query: Query = {"filter": f"name={quote}{name}{quote}", "max_results": _PAGE}
        yield from self._paged("model-versions/search", query, "model_versions")

    def version(self, name: str, version: str) -> Answer:
        """One version of a model."""
        return self._inner(self._get("model-versions/get", {"name": name, "version": version}), "model_version")

    def aliased(self, name: str, alias: str) -> Answer:
        """The version that bears an alias."""
        return self._inner(self._get("registered-models/alias", {"name": name, "alias": alias}), "model_version")

    def run(self, id: str) -> Answer:
        """One run: {info, data, inputs}."""
        return self._inner(self._get("runs/get", {"run_id": id}), "run")

    def logged_model(self, id: str) -> Answer:
        """One logged model: {info, data}."""
        return self._inner(self._get(f"logged-models/{id}", {}), "model")

    def _get(self, path: str, query: Query) -> Answer:
        return self.server.get(_API + path, query)

    def _paged(self, path: str, query: Query, key: str) -> Iterator[Answer]:
        """Each entry of a list that comes in pages. A server that pages for ever is an error."""
        token = ""
        for _ in range(_PAGES):
            answer = self._get(path, {**query, **({"page_token": token} if token else {})})
            for entry in listed(answer, key):
                yield Answer(entry, answer.stamp)
            token = answer.value.get("next_page_token") or ""
            if not token:
                return
        raise SourceError(f"{path}: more than {_PAGES} pages", hint="name one model")

    @staticmethod
    def _inner(answer: Answer, key: str) -> Answer:
        value = answer.value.get(key) if isinstance(answer.value, dict) else None
        if not isinstance(value, dict):
            raise SourceError(f"the answer holds no {key}", hint="look whether the address is that of an MLflow server")
        return Answer(value, answer.stamp)


def listed(answer: Answer, key: str) -> list[dict[str, Any]]:
    """The entries of a list in an answer; MLflow leaves out what is empty. Raises SourceError where it is none."""
    value = answer.value.get(key, []) if isinstance(answer.value, dict) else None
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise SourceError(
            f"the answer holds no list of {key}", hint="look whether the address is that of an MLflow server"
        )
    return value
