"""Which revision has effect, and what a server loads beside its model."""

from __future__ import annotations

import json

import pytest

COMMIT = "5fd2b1b5a4e3cfa8b7d7e0d1c2b3a4958677f0e1"
PINNED = ["--model", "org/m", "--revision", COMMIT]
VLLM = "vllm/vllm-openai:v0.11.0"
FROM_CONFIG_MAP = {"valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}


def pins(subject) -> set[tuple[str, str]]:
    return {(model["uri"], model["pinned"]) for model in subject.facts["models"]}


def script(text, *env):
    return {"image": VLLM, "command": ["bash", "-c", text], "env": list(env)}


@pytest.mark.parametrize(
    ("container", "pinned"),
    [
        ({"image": VLLM, "args": PINNED}, "version"),
        ({"image": VLLM, "args": [*PINNED, "--revision=main"]}, "floating"),
        ({"image": VLLM, "args": [*PINNED, "--revision", ""]}, "none"),
        ({"image": VLLM, "args": [*PINNED, "--rev", "main"]}, "floating"),
        ({"image": VLLM, "args": ["--model=org/m", "--revision=main", f"--revision={COMMIT}"]}, "version"),
        ({"image": VLLM, "args": PINNED, "env": [{"name": "VLLM_ARGS", "value": "--revision main"}]}, "floating"),
        (
            {
                "image": VLLM,
                "args": ["--model=org/m", "--revision=main"],
                "env": [{"name": "VLLM_ARGS", "value": f"--revision {COMMIT}"}],
            },
            "floating",
        ),
        (
            {"image": VLLM, "args": ["--model=org/m"], "env": [{"name": "VLLM_ARGS", "value": f"--revision {COMMIT}"}]},
            "version",
        ),
        ({"image": VLLM, "args": ["--model=org/m"], "env": [{"name": "REVISION", "value": COMMIT}]}, "none"),
        (
            {
                "image": "ghcr.io/huggingface/text-embeddings-inference:1",
                "args": ["--model-id=org/m"],
                "env": [{"name": "REVISION", "value": COMMIT}],
            },
            "version",
        ),
        ({"env": [{"name": "MODEL_ID", "value": "org/m"}, {"name": "REVISION", **FROM_CONFIG_MAP}]}, "unknown"),
        (
            {
                "env": [{"name": "MODEL_ID", "value": "org/m"}, {"name": "REVISION", "value": COMMIT}],
                "args": ["--revision=main"],
            },
            "floating",
        ),
        (script(f"R={COMMIT}; vllm serve org/m --revision $R"), "version"),
        (script(f"R={COMMIT}\nif [ $X ]; then R=main; fi\nvllm serve org/m --revision $R"), "unknown"),
        (script(f'A="--revision main"\nif [ $X ]; then A="--revision {COMMIT}"; fi\nvllm serve org/m $A'), "floating"),
        (script(f'A=""\nif [ $X ]; then A="--revision {COMMIT}"; fi\nvllm serve org/m $A'), "unknown"),
    ],
)
def test_the_revision_that_has_effect_counts(of_pod, container, pinned):
    assert pins(of_pod(container)) == {("org/m", pinned)}


def test_of_a_repeated_option_the_last_names_the_model(of_pod):
    assert pins(of_pod({"image": VLLM, "args": ["--model=org/a", *PINNED]})) == {("org/m", "version")}


def test_a_model_that_a_script_may_choose_counts(of_pod):
    text = f'A="--model org/a"\nif [ $X ]; then A="--model org/m"; fi\nvllm $A --revision {COMMIT}'

    assert {uri for uri, _ in pins(of_pod(script(text)))} == {"org/a", "org/m"}


def test_each_command_has_its_own_revision(of_pod):
    text = f"huggingface-cli download org/m --revision {COMMIT} && vllm serve org/m"

    assert pins(of_pod(script(text))) == {("org/m", "version"), ("org/m", "none")}


DRAFT = {"model": "org/draft", "num_speculative_tokens": 5}


@pytest.mark.parametrize(
    ("args", "beside"),
    [
        (["--tokenizer", "org/t"], {("org/t", "none")}),
        (["--tokenizer", "org/m"], set()),
        (["--tokenizer", "org/t", "--tokenizer-revision", COMMIT], {("org/t", "version")}),
        (["--tokenizer-revision", "main"], {("org/m", "floating")}),
        (["--tokenizer-revision", COMMIT], set()),
        (["--tokenizer-mode", "auto"], set()),
        (["--code-revision=main"], {("org/m", "floating")}),
        ([f"--code-revision={COMMIT}"], set()),
        (["--enable-lora", "--lora-modules", "a=org/a", "b=/adapters/b"], {("org/a", "none"), ("/adapters/b", "none")}),
        (["--lora-modules=a=org/a"], {("org/a", "none")}),
        (["--lora-modules", '{"name": "a", "path": "org/a", "base_model_name": "m"}'], {("org/a", "none")}),
        (["--lora-paths", "org/a", "b=org/b"], {("org/a", "none"), ("org/b", "none")}),
        (["--lora-adapters", f"org/a,b=org/b@{COMMIT}"], {("org/a", "none"), (f"org/b@{COMMIT}", "version")}),
        (["--speculative-model", "org/draft"], {("org/draft", "none")}),
        (["--speculative-model", "[ngram]"], set()),
        (["--speculative-draft-model-path=org/draft"], {("org/draft", "none")}),
        (
            ["--speculative-draft-model-path=org/draft", f"--speculative-draft-model-revision={COMMIT}"],
            {("org/draft", "version")},
        ),
        (["--speculative-config", json.dumps(DRAFT)], {("org/draft", "none")}),
        ([f"--speculative-config={json.dumps(DRAFT)}"], {("org/draft", "none")}),
        (["--speculative-config", json.dumps({**DRAFT, "revision": COMMIT})], {("org/draft", "version")}),
        (["--speculative-config", json.dumps({**DRAFT, "revision": "main"})], {("org/draft", "floating")}),
        (["--speculative-config", '{"method": "ngram", "num_speculative_tokens": 3}'], set()),
        (["--speculative-config.model", "org/draft"], {("org/draft", "none")}),
    ],
)
def test_what_is_loaded_beside_a_model_is_a_model(of_pod, args, beside):
    assert pins(of_pod({"image": VLLM, "args": [*PINNED, *args]})) == {("org/m", "version"), *beside}


def test_what_is_loaded_beside_a_model_in_a_script(of_pod):
    text = f"vllm serve org/m --revision {COMMIT} --speculative-config '{json.dumps(DRAFT)}' --lora-modules a=org/a b=org/b\necho x=y"

    assert pins(of_pod(script(text))) == {
        ("org/m", "version"),
        ("org/draft", "none"),
        ("org/a", "none"),
        ("org/b", "none"),
    }


def test_a_draft_that_cannot_be_read_is_not_known(of_pod, hidden):
    subject = of_pod({"image": VLLM, "args": [*PINNED, "--speculative-config", "{model: org/draft"]})

    assert {pinned for _, pinned in pins(subject)} == {"version", "unknown"}
    assert "models" in hidden(subject)


def test_adapters_in_variables(of_pod):
    subject = of_pod({"args": [*PINNED], "env": [{"name": "LORA_ADAPTERS", "value": "org/a,org/b"}]})

    assert pins(subject) == {("org/m", "version"), ("org/a", "none"), ("org/b", "none")}
