"""Where a workload takes its models from.

Read are: storage and model URIs in any field, the options of vLLM, TGI, TEI, SGLang, Triton, TensorFlow Serving,
TensorRT-LLM, llama.cpp, Ollama and the usual training scripts, the variables that those programs read, and the
application configurations of Ray.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.collectors.kubernetes.companions import COMPANION_VARIABLES, EXACT, companions, named, worst
from policyctl.collectors.kubernetes.fields import MODELS, Fields, dotted
from policyctl.collectors.kubernetes.kinds import holds_pods
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.options import Option, Word, commands, effective, options
from policyctl.collectors.kubernetes.pinning import model_source, pin
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import EnvVar, ModelSource, Program

_URI_FIELDS = frozenset({"storageUri", "modelUri", "modelURI", "modelURL", "modelUrl", "model_uri", "model_source"})
_OPTIONS = names(
    "model model-id model-path model-name-or-path pretrained-model-name-or-path model-dir model-base-path "
    "model-repository model-store model-repo model-uri model-url checkpoint-path checkpoint ckpt-path "
    "base-model hf-model hf-model-id hf-repo hf-repo-id repo-id "
    "triton-model-repo-dir engine-dir pretrained-model"
)
_WEAK = names("model base-model repo-id MODEL")
_TOOL_ONLY = names("checkpoint checkpoint-path ckpt-path engine-dir")
_SECONDARY = names("base-model BASE_MODEL RERANK_MODEL_ID")
_VARIABLES = names(
    "MODEL_ID MODEL MODEL_URI MODEL_URL MODEL_PATH MODEL_REPO MODEL_REPOSITORY MODEL_NAME_OR_PATH "
    "BASE_MODEL BASE_MODEL_ID HF_MODEL HF_MODEL_ID HF_REPO_ID REPO_ID STORAGE_URI VLLM_MODEL LLM_MODEL "
    "LLM_MODEL_ID EMBEDDING_MODEL EMBEDDING_MODEL_ID RERANK_MODEL_ID OLLAMA_MODEL PRETRAINED_MODEL "
    "PRETRAINED_MODEL_NAME_OR_PATH NIM_MODEL_NAME"
)
_HUB_VARIABLES = frozenset({"MODEL_NAME", "LLM", "MODEL_CHECKPOINT", "TOKENIZER_NAME"})
_REVISIONS = frozenset({"REVISION", "MODEL_REVISION", "HF_MODEL_REVISION", "HF_REVISION"})
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_VARIABLE = re.compile(r"\$\(([A-Za-z_]\w*)\)|\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)")
_HOSTED = {("kagent.dev", "ModelConfig")}


def container_models(container: Program, line: list[Word], *, runs_model: bool) -> list[ModelSource]:
    """The models that a container's command line and variables name; variables of the same container are filled in.

    `runs_model` tells a model program from others: only there is a bare word ("--model gpt2") a model. A revision
    belongs to the first model of its command that is not a draft for another; without one, the variables give it.
    """
    known = {variable["name"]: variable for variable in container["env"]}
    found: list[ModelSource] = []
    unused: str | None = None
    variable = None if _ignores_variables(container) else _given_revision(known)
    for command in commands(line):
        models, unused = _command_models(command, known, variable, runs_model=runs_model)
        found.extend(source for source in models if source not in found)
    revision = unused if unused is not None else variable
    for name, uri, path in _from_variables(known):
        filled = _filled(uri, known)
        if any(source["uri"] == filled for source in found):
            continue
        if runs_model or name not in _WEAK or _looks_like_model(filled):
            own = revision if name not in _SECONDARY else None
            found.append(model_source(filled, path, revision=own))
            revision = None if own else revision
    for name, option in COMPANION_VARIABLES.items():
        if name in known and (value := known[name].get("value")):
            found.extend(named(value, (*known[name]["path"], "value"), commas=option == "lora-adapters"))
    return found


def line_models(line: list[Word]) -> list[ModelSource]:
    """The models that a command line outside a container names."""
    return [source for command in commands(line) for source in _command_models(command, {}, None, runs_model=False)[0]]


def _command_models(
    command: list[Word], known: Mapping[str, EnvVar], variable: str | None, *, runs_model: bool
) -> tuple[list[ModelSource], str | None]:
    """The models of one command, and its revision where none of them has it; `variable` is one from the environment."""
    given = effective(options(command))
    written = worst([*given.get("revision", ()), *given.get("model-revision", ())])
    revision = variable if written is None else _filled(written, known)
    found: list[ModelSource] = []
    primary = ""
    for name, uri, path in (*_positional(command), *_from_options(given)):
        filled = _filled(uri, known)
        if any(source["uri"] == filled for source in found):
            continue
        if not runs_model and (name in _TOOL_ONLY or (name in _WEAK and not _looks_like_model(filled))):
            continue
        own = revision if name not in _SECONDARY else None
        found.append(model_source(filled, path, revision=own))
        if name not in _SECONDARY:
            primary, revision = primary or filled, None
    for source in companions(command, given, primary):
        if runs_model or _looks_like_model(source["uri"]):
            found.append(source)
    return found, None if primary or written is None else revision


def field_models(item: Item, root: Mapping[str, Any], fields: Fields) -> list[ModelSource]:
    """The models that fields of the object name, wherever they stand."""
    if not holds_pods(item):
        return []
    spec = root.get("spec")
    found = list(_fields(spec, ("spec",), fields)) if isinstance(spec, dict) else []
    if item.kind.startswith("LLMInferenceService") and isinstance(spec, dict):
        found.extend(_llm_inference_service(spec, fields))
    if (item.group, item.kind) in _HOSTED and isinstance(spec, dict):
        provider, model = (
            fields.text(spec, "provider", ("spec",), MODELS),
            fields.text(spec, "model", ("spec",), MODELS),
        )
        if model:
            source = model_source(f"{(provider or 'unknown').lower()}://hosted/{model}", ("spec", "model"))
            found.append(
                {
                    **source,
                    "uri": model,
                    "pinned": "version" if re.search(r"\d{4}-?\d{2}-?\d{2}|-\d{4}$", model) else "floating",
                }
            )
    return found


def report_unresolved(sources: list[ModelSource], fields: Fields) -> None:
    """A model whose name comes from elsewhere is not known: say so, wherever controls read models."""
    for source in sources:
        if source["pinned"] == "unknown":
            fields.gap(
                f"{dotted(tuple(source['path']))} names its model by {source['uri'][:80]!r}", ("models",), "unresolved"
            )


def _fields(node: Any, path: Path, fields: Fields) -> Iterator[ModelSource]:
    if isinstance(node, list):
        for index, below in enumerate(node):
            if isinstance(below, (dict, list)):
                yield from _fields(below, (*path, index), fields)
        return
    for key, value in node.items():
        at = (*path, key)
        if key in _URI_FIELDS and not isinstance(value, dict):
            uri = fields.text(node, key, path, MODELS)
            if uri is not None:
                yield model_source(uri, at)
        elif key == "storageUris":
            for place, entry in fields.items(node, key, path, MODELS):
                if (uri := fields.text(entry, "uri", place, MODELS)) is not None:
                    yield model_source(uri, (*place, "uri"))
        elif (
            key == "storage"
            and isinstance(value, dict)
            and isinstance(value.get("path"), str)
            and "storageUri" not in node
        ):
            bucket = value.get("key") if isinstance(value.get("key"), str) else "default"
            yield model_source(f"storage://{bucket}/{value['path'].lstrip('/')}", (*at, "path"))
        elif isinstance(value, (dict, list)):
            yield from _fields(value, at, fields)


def _llm_inference_service(spec: Mapping[str, Any], fields: Fields) -> Iterator[ModelSource]:
    model = fields.mapping(spec, "model", ("spec",), MODELS)
    if (uri := fields.text(model, "uri", ("spec", "model"), MODELS)) is not None:
        yield model_source(uri, ("spec", "model", "uri"))
    lora = fields.mapping(model, "lora", ("spec", "model"), MODELS)
    for place, adapter in fields.items(lora, "adapters", ("spec", "model", "lora"), MODELS):
        if (uri := fields.text(adapter, "uri", place, MODELS)) is not None:
            yield model_source(uri, (*place, "uri"))


def _ignores_variables(container: Program) -> bool:
    """Whether its program takes no revision from a variable: vLLM and SGLang do not, TGI, TEI and many scripts do."""
    image = container.get("image")
    told = " ".join((image["repository"] if image else "", *container["arguments"]))
    return re.search(r"vllm|sglang", told) is not None


def _given_revision(known: Mapping[str, EnvVar]) -> str | None:
    """The least exact of the revisions in variables; one from elsewhere is not known."""
    values = [
        variable.get("value") or ("" if variable["source"] == "empty" else f"$({name})")
        for name, variable in known.items()
        if name in _REVISIONS
    ]
    return min(values, key=lambda value: EXACT.index(pin(value))) if values else None


def _from_options(given: Mapping[str, list[Option]]) -> Iterator[tuple[str, str, Path]]:
    for name, of_name in given.items():
        for option in of_name:
            if name in _OPTIONS and option.value:
                yield name, option.value, option.at


def _from_variables(known: Mapping[str, EnvVar]) -> Iterator[tuple[str, str, Path]]:
    for name, variable in known.items():
        value, path = variable.get("value", ""), (*variable["path"], "value")
        if (name in _VARIABLES and value) or (name in _HUB_VARIABLES and _HUB_ID.fullmatch(value)):
            yield name, value, path
        elif name in _VARIABLES and variable["source"] in {"config_map", "secret"}:
            yield name, f"$({name})", tuple(variable["path"])


def _positional(line: list[Word]) -> Iterator[tuple[str, str, Path]]:
    """ "vllm serve X", "ollama run X", "huggingface-cli download X"."""
    for before, verb, word in zip(line, line[1:], line[2:], strict=False):
        if word.first or verb.first or word.text.startswith("-"):
            continue
        program = before.text.rpartition("/")[2]
        if (program, verb.text) in {("vllm", "serve"), ("huggingface-cli", "download"), ("hf", "download")}:
            yield verb.text, word.text, word.path
        elif program == "ollama" and verb.text in {"run", "pull"}:
            yield verb.text, f"ollama://{word.text}", word.path


def _filled(value: str, known: Mapping[str, EnvVar]) -> str:
    def given(found: re.Match[str]) -> str:
        variable = known.get(found[1] or found[2] or found[3])
        literal = variable is not None and variable["source"] == "literal"
        return (variable.get("value") if variable and literal else None) or found[0]

    return _VARIABLE.sub(given, value)


def _looks_like_model(value: str) -> bool:
    return (
        "://" in value
        or value.startswith("models:/")
        or _HUB_ID.fullmatch(value) is not None
        or "$" in value
        or "{{" in value
    )
