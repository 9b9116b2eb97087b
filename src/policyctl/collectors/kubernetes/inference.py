"""What surrounds the serving of a model: logs of requests, split traffic, explainers, monitors, the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.collectors.kubernetes.fields import Fields, Node
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.options import Word, options
from policyctl.collectors.kubernetes.replacing import read_replacements
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Container, Explainer, Inference, Monitor, RequestLogging, Rollout

_HIDES = ("inference",)
_SCRAPE = ("prometheus.io/scrape", "serving.kserve.io/enable-prometheus-scraping")
_DETECTORS = frozenset({"alibi-detect", "drift-detector", "evidently", "nannyml", "whylogs"})
_LOG_OPTIONS = {
    "enable-log-requests": "request",
    "enable-log-outputs": "response",
    "log-requests": "request",
    "request-logging": "all",
}


def read_inference(
    item: Item, root: Mapping[str, Any], fields: Fields, containers: Sequence[Container], lines: Sequence[list[Word]]
) -> Inference:
    """The facts about serving that the object itself holds; `relations.py` adds the monitors among other objects."""
    found: Inference = {"request_logging": [], "rollouts": [], "replacements": [], "explainers": [], "monitors": []}
    spec = root.get("spec")
    spec = spec if isinstance(spec, dict) else {}
    match item.group, item.kind:
        case "serving.kserve.io", "InferenceService":
            _kserve(spec, fields, found)
        case "serving.kserve.io", "InferenceGraph":
            found["rollouts"].extend(_splitters(spec, fields))
        case "machinelearning.seldon.io", "SeldonDeployment":
            _seldon(spec, fields, found)
        case "mlops.seldon.io", "Model":
            _seldon_model(spec, fields, found)
        case "serving.knative.dev", "Service":
            found["rollouts"].extend(
                _percent(entry, "percent", at, fields, "knative") for at, entry in _traffic(spec, fields)
            )
        case "argoproj.io", "Rollout":
            _argo_rollout(spec, fields, found)
        case _:
            pass
    for container, line in zip(containers, lines, strict=True):
        found["request_logging"].extend(_server_logs(container, line))
    found["monitors"].extend(_scraped(root, fields, containers))
    if (history := fields.number(spec, "revisionHistoryLimit", ("spec",), _HIDES)) is not None:
        found["revision_history"] = history
    found["replacements"].extend(read_replacements(item, root, spec, fields, found["rollouts"]))
    return found


def _kserve(spec: Node, fields: Fields, found: Inference) -> None:
    for name in ("predictor", "transformer", "explainer"):
        component, at = fields.mapping(spec, name, ("spec",), _HIDES), ("spec", name)
        if logger := fields.mapping(component, "logger", at, _HIDES):
            found["request_logging"].append(_logger(logger, (*at, "logger"), fields, "kserve"))
        if component.get("canaryTrafficPercent") is not None:
            found["rollouts"].append(_percent(component, "canaryTrafficPercent", at, fields, "kserve"))
    explainer = fields.mapping(spec, "explainer", ("spec",), _HIDES)
    if explainer:
        kinds = [key for key in explainer if isinstance(explainer[key], dict) and key in {"alibi", "art", "aix"}]
        entry: Explainer = {"path": ["spec", "explainer"]}
        if kinds:
            inner = explainer[kinds[0]].get("type")
            entry["type"] = inner if isinstance(inner, str) else kinds[0]
        found["explainers"].append(entry)


def _seldon(spec: Node, fields: Fields, found: Inference) -> None:
    predictors = list(fields.items(spec, "predictors", ("spec",), _HIDES))
    for at, predictor in predictors:
        for place, step in _graph(predictor, at, fields):
            if logger := fields.mapping(step, "logger", place, _HIDES):
                found["request_logging"].append(_logger(logger, (*place, "logger"), fields, "seldon"))
        orchestrator, place = fields.mapping(predictor, "svcOrchSpec", at, _HIDES), (*at, "svcOrchSpec")
        topics = [
            entry
            for entry in fields.items(orchestrator, "env", place, _HIDES)
            if entry[1].get("name") == "LOGGER_KAFKA_TOPIC"
        ]
        for where, entry in topics:
            log: RequestLogging = {"path": list(where), "source": "kafka", "mode": "all"}
            if isinstance(topic := entry.get("value"), str):
                log["sink"] = topic
            found["request_logging"].append(log)
        if explainer := fields.mapping(predictor, "explainer", at, _HIDES):
            entry_: Explainer = {"path": [*at, "explainer"]}
            if kind := fields.text(explainer, "type", (*at, "explainer"), _HIDES):
                entry_["type"] = kind
            found["explainers"].append(entry_)
        if fields.flag(predictor, "shadow", at, _HIDES):
            found["rollouts"].append({"path": [*at, "shadow"], "source": "shadow"})
        elif len(predictors) > 1:
            found["rollouts"].append(_percent(predictor, "traffic", at, fields, "seldon"))


def _graph(predictor: Node, at: Path, fields: Fields) -> Iterator[tuple[Path, Node]]:
    waiting = [((*at, "graph"), fields.mapping(predictor, "graph", at, _HIDES))]
    while waiting:
        place, step = waiting.pop(0)
        yield place, step
        waiting.extend(fields.items(step, "children", place, _HIDES))


def _seldon_model(spec: Node, fields: Fields, found: Inference) -> None:
    for at, name in fields.texts(spec, "requirements", ("spec",), _HIDES):
        if name in _DETECTORS:
            found["monitors"].append({"path": list(at), "source": "detector", "name": name})
    if explainer := fields.mapping(spec, "explainer", ("spec",), _HIDES):
        entry: Explainer = {"path": ["spec", "explainer"]}
        if kind := fields.text(explainer, "type", ("spec", "explainer"), _HIDES):
            entry["type"] = kind
        found["explainers"].append(entry)


def _argo_rollout(spec: Node, fields: Fields, found: Inference) -> None:
    strategy = fields.mapping(spec, "strategy", ("spec",), _HIDES)
    for name in ("canary", "blueGreen"):
        if strategy.get(name) is not None:
            fields.mapping(strategy, name, ("spec", "strategy"), _HIDES)
            found["rollouts"].append({"path": ["spec", "strategy", name], "source": "argo_rollout"})


def _splitters(spec: Node, fields: Fields) -> Iterator[Rollout]:
    for name, node in fields.mapping(spec, "nodes", ("spec",), _HIDES).items():
        at: Path = ("spec", "nodes", name)
        if isinstance(node, dict) and node.get("routerType") == "Splitter":
            yield from (
                _percent(step, "weight", place, fields, "inference_graph")
                for place, step in fields.items(node, "steps", at, _HIDES)
            )


def _traffic(spec: Node, fields: Fields) -> list[tuple[Path, Node]]:
    entries = list(fields.items(spec, "traffic", ("spec",), _HIDES))
    return entries if len(entries) > 1 else []


def _percent(node: Node, key: str, at: Path, fields: Fields, source: Any) -> Rollout:
    rollout: Rollout = {"path": [*at, key] if node.get(key) is not None else list(at), "source": source}
    if (percent := fields.number(node, key, at, _HIDES)) is not None:
        rollout["percent"] = percent
    return rollout


def _logger(node: Node, at: Path, fields: Fields, source: Any) -> RequestLogging:
    log: RequestLogging = {"path": list(at), "source": source, "mode": fields.text(node, "mode", at, _HIDES) or "all"}
    if url := fields.text(node, "url", at, _HIDES):
        log["sink"] = url
    return log


def _server_logs(container: Container, line: list[Word]) -> Iterator[RequestLogging]:
    for option in options(line):
        mode = _LOG_OPTIONS.get(option.name)
        if mode and (option.value or "true").lower() not in {"false", "0", "no"}:
            yield {"path": list(option.path), "source": "server", "mode": mode}
    for variable in container["env"]:
        if (
            variable["name"] in {"SELDON_LOG_REQUESTS", "SELDON_LOG_RESPONSES"}
            and variable.get("value", "").lower() == "true"
        ):
            yield {
                "path": variable["path"],
                "source": "server",
                "mode": "request" if "REQUESTS" in variable["name"] else "response",
            }


def _scraped(root: Mapping[str, Any], fields: Fields, containers: Sequence[Container]) -> Iterator[Monitor]:
    holders: list[tuple[Path, Any]] = [((), root)]
    parents = {
        tuple(container["path"][: container["path"].index("spec", 1)])
        for container in containers
        if "spec" in container["path"][1:]
    }
    for parent in sorted(parents, key=str):
        node: Any = root
        for part in parent:
            node = node[part]
        holders.append((parent, node))
    for path, node in holders:
        metadata = node.get("metadata") if isinstance(node, dict) else None
        annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
        if not isinstance(annotations, dict):
            continue
        for name in _SCRAPE:
            if annotations.get(name) == "true":
                yield {"path": [*path, "metadata", "annotations", name], "source": "scrape_annotation", "name": name}
