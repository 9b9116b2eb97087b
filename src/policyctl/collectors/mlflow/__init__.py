"""MLflow's model registry: one version of a model, the run that trained it, and its files.

Facts written: `policyctl.model.facts.model`. Subjects: the version, and its card, where it has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from policyctl.collectors.mlflow.api import Mlflow
from policyctl.collectors.mlflow.reference import SCHEME, Reference, parse_reference
from policyctl.collectors.mlflow.versions import Versions
from policyctl.collectors.registries.access import Access
from policyctl.collectors.registries.server import Answer, Missing, Refused, Server
from policyctl.model.content import Surroundings
from policyctl.model.document import Input
from policyctl.model.errors import InputError, UsageError

_CREDENTIALS: Final = (
    "set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and _PASSWORD: "
    "they are for the server that MLFLOW_TRACKING_URI names"
)


class MlflowRegistry:
    """`mlflow:NAME/VERSION`, `mlflow:NAME@ALIAS`, `mlflow:NAME` and `mlflow:`."""

    def collect(self, text: str, surroundings: Surroundings) -> Iterator[Input]:
        """Every version that `text` names, with its card. What cannot be asked for is an input of status "error"."""
        path = f"{SCHEME}:{text}"
        try:
            reference = parse_reference(text)
            with Server(access(surroundings)) as server:
                mlflow = Mlflow(server)
                for model, versions in _asked(mlflow, reference):
                    yield from Versions(mlflow, model).collect(versions)
        except Missing:
            hint = "look at the name and the version: names are told apart by their case"
            yield Input(path, "error", "model", f"{path}: the server has no such model, version or alias", hint)
        except Refused as error:
            yield Input(path, "error", "model", f"{path}: {error.message}", _CREDENTIALS)
        except InputError as error:
            yield Input(path, "error", "model", f"{path}: {error.message}", error.hint)


def access(surroundings: Surroundings) -> Access:
    """How to reach the server: by MLflow's own variables, but at the configuration's address, where it gives one.

    The environment's credentials are for the server that the environment names, or a trusted configuration, and for no other.
    Raises UsageError where nobody names a server. Source: MLflow's documentation, "Environment Variables".
    """
    environment, url = surroundings.environment, surroundings.url
    named = environment.get("MLFLOW_TRACKING_URI", "")
    if not (url or named):
        raise UsageError(
            "no MLflow server is named", hint="set MLFLOW_TRACKING_URI, such as https://mlflow.example.com"
        )
    if url and not surroundings.trusted and url.rstrip("/") != named.rstrip("/"):
        return Access(url)
    return Access(
        url or named,
        token=environment.get("MLFLOW_TRACKING_TOKEN", ""),
        user=environment.get("MLFLOW_TRACKING_USERNAME", ""),
        password=environment.get("MLFLOW_TRACKING_PASSWORD", ""),
        ca_file=environment.get("MLFLOW_TRACKING_SERVER_CERT_PATH", ""),
        client_certificate=environment.get("MLFLOW_TRACKING_CLIENT_CERT_PATH", ""),
    )


def _asked(mlflow: Mlflow, reference: Reference) -> Iterator[tuple[Answer, Iterator[Answer]]]:
    """Each registered model that is asked for, with those of its versions that are."""
    if not reference.name:
        for model in mlflow.models():
            yield model, mlflow.versions(_name(model.value))
        return
    model = mlflow.model(reference.name)
    if reference.version:
        yield model, iter([mlflow.version(reference.name, reference.version)])
    elif reference.alias:
        yield model, iter([mlflow.aliased(reference.name, reference.alias)])
    else:
        yield model, mlflow.versions(reference.name)


def _name(model: Mapping[str, Any]) -> str:
    name = model.get("name")
    if not isinstance(name, str) or not name:
        raise InputError(
            "the server lists a model without a name", hint="look whether the address is that of an MLflow server"
        )
    return name
