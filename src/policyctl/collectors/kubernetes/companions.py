"""What a server loads beside its model: a tokenizer, adapters, a draft for speculative decoding, code of another revision.

Each is a model of its own, with a version of its own. Source: the options of vLLM, SGLang, TGI, LoRAX and llama.cpp.
vLLM gives the tokenizer the model's revision where it has none; a commit of one repository names nothing in another, so
a tokenizer from elsewhere without its own revision has none here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.collectors.kubernetes.options import Option, Word, listed
from policyctl.collectors.kubernetes.pinning import model_source, pin
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import ModelSource

_SINGLE = {
    "tokenizer": "tokenizer-revision",
    "tokenizer-path": "tokenizer-revision",
    "tokenizer-name": "tokenizer-revision",
    "tokenizer-name-or-path": "tokenizer-revision",
    "hf-config-path": "",
    "speculative-model": "speculative-model-revision",
    "speculative-draft-model-path": "speculative-draft-model-revision",
    "speculative-config.model": "speculative-config.revision",
    "draft-model": "draft-model-revision",
    "hf-repo-draft": "",
    "hfrd": "",
    "qlora-adapter-name-or-path": "",
    "adapter-id": "adapter-revision",
    "adapter-name-or-path": "",
}
_SEVERAL = names("lora-modules lora-paths prompt-adapters lora-adapters preloaded-adapter-ids lora lora-scaled")
_STRUCTURED = names("speculative-config sc")
_OF_THE_MODEL = names("tokenizer-revision code-revision speculative-config.code-revision")
_NO_MODEL = names("ngram [ngram] suffix auto none slow")
_FIXED = frozenset({"digest", "version"})
EXACT = ("none", "unknown", "floating", "version", "digest")
_NAMED = re.compile(r"[\w.-]+=(?=.)")
COMPANION_VARIABLES = {"LORA_ADAPTERS": "lora-adapters", "ADAPTER_ID": "adapter-id"}
"""Variables that TGI and LoRAX read in the place of an option."""


def companions(command: list[Word], given: Mapping[str, list[Option]], model: str) -> Iterator[ModelSource]:
    """The models beside `model` that one command names; `given` holds its effective options."""
    for name, revised in _SINGLE.items():
        for option in given.get(name, ()):
            if option.value and option.value not in {model, *_NO_MODEL}:
                yield model_source(option.value, option.at, revision=worst(given.get(revised, ())))
    for name, text, path in listed(command, _SEVERAL):
        yield from named(text, path, commas=name not in {"lora-modules", "prompt-adapters"})
    for name in sorted(_STRUCTURED):
        for option in given.get(name, ()):
            yield from _structured(option.value or "", option.at)
    for name in sorted(_OF_THE_MODEL):
        for option in given.get(name, ()):
            if option.value and model and not _own(name, given, model) and pin(option.value) not in _FIXED:
                source = model_source(model, option.at, revision=option.value)
                if source["scheme"] in {"hf", "modelscope", "unknown"}:
                    yield source


def worst(given: Sequence[Option]) -> str | None:
    """Of the revisions that may have effect the least exact; what a script gives only now and then is not known."""
    values = [option.value for option in given if option.value is not None]
    if not values:
        return None
    least = min(values, key=lambda value: EXACT.index(pin(value)))
    always = any(not option.choice or "env" in option.path for option in given)
    return least if always or pin(least) not in _FIXED else "${revision}"


def named(text: str, path: Path, *, commas: bool) -> Iterator[ModelSource]:
    """Adapters as "name=path", as a path or hub id alone, or as JSON; several parted by commas where the program does so."""
    if text.lstrip()[:1] in {"{", "["}:
        yield from _structured(text, path)
        return
    for entry in text.split(",") if commas else [text]:
        uri = _NAMED.sub("", entry.strip(), count=1)
        if uri:
            yield model_source(uri, path)


def _own(name: str, given: Mapping[str, list[Option]], model: str) -> bool:
    """Whether a tokenizer of its own has the revision, and not the model."""
    options = (option for called, revised in _SINGLE.items() if revised == name for option in given.get(called, ()))
    return any(option.value and option.value != model for option in options)


def _structured(text: str, path: Path) -> Iterator[ModelSource]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield model_source(f"${{{text[:80]}}}", path)
        return
    for entry in value if isinstance(value, list) else [value]:
        yield from _entry(entry, path)


def _entry(entry: Any, path: Path) -> Iterator[ModelSource]:
    if isinstance(entry, str):
        yield model_source(entry, path)
    elif isinstance(entry, dict):
        given = [entry[key] for key in ("revision", "code_revision") if isinstance(entry.get(key), str)]
        for key in ("model", "path", "lora_path", "adapter_id"):
            if (uri := entry.get(key)) and isinstance(uri, str) and uri not in _NO_MODEL:
                yield from (model_source(uri, path, revision=revision) for revision in given or [None])
