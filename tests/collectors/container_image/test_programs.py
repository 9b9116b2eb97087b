"""Models, switches, downloads and credentials in what a Dockerfile builds and starts."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from policyctl.documents.masking import masked_facts
from policyctl.model.document import Collected
from tests.collectors.container_image.conftest import hidden

Read = Callable[[str], Collected]
COMMIT = "0123456789abcdef0123456789abcdef01234567"
TOKEN = "hf_0123456789abcdefghijABCDEFGHIJ0123"


def models(found: Collected) -> list[tuple[str, str]]:
    return [(one["uri"], one["pinned"]) for one in found.facts["models"]]


def downloads(found: Collected) -> list[tuple[str, str, object]]:
    return [(one["how"], one["url"], one.get("verified")) for one in found.facts["downloads"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('CMD ["vllm", "serve", "org/model"]', ("org/model", "none")),
        (f'CMD ["vllm", "serve", "org/model", "--revision", "{COMMIT}"]', ("org/model", "version")),
        ("RUN hf download org/model --revision main", ("org/model", "floating")),
        ("ENV M=org/model\nRUN pip install vllm && hf download $M", ("org/model", "none")),
        ("RUN ollama serve & sleep 1; ollama pull llama3", ("ollama://llama3", "none")),
        ("ENV MODEL_ID=org/model\nCMD text-generation-launcher", ("org/model", "none")),
        ("RUN python -c \"from x import y; y.from_pretrained('org/model')\"", ("org/model", "none")),
        (
            f"RUN python3 <<EOF\nsnapshot_download(repo_id='org/model', revision='{COMMIT}')\nEOF",
            ("org/model", "version"),
        ),
        ("RUN <<EOF\nhf download org/model\nEOF", ("org/model", "none")),
    ],
)
def test_models_that_are_started_or_fetched_are_found(dockerfile: Read, text: str, expected: tuple[str, str]) -> None:
    assert models(dockerfile(f"FROM vllm/vllm-openai:v0.11.0\n{text}\n")) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "ARG MODEL\nRUN hf download ${MODEL}",
        "RUN python -c 'x.from_pretrained(name)'",
        "COPY fetch.sh .\nRUN ./fetch.sh",
        "RUN bash /opt/fetch.sh",
        "RUN python fetch_model.py",
        "RUN curl -fsSL https://example.com/x | sh",
        'ENTRYPOINT ["/entrypoint.sh"]',
    ],
)
def test_what_is_not_read_may_name_a_model(dockerfile: Read, text: str) -> None:
    assert "models" in hidden(dockerfile(f"FROM vllm/vllm-openai:v0.11.0\n{text}\n"))


@pytest.mark.parametrize(
    "text", ["RUN pip install torch", "RUN apt-get update && apt-get install -y curl", "RUN python -m venv /v"]
)
def test_packages_and_modules_hide_nothing(dockerfile: Read, text: str) -> None:
    assert dockerfile(f"FROM vllm/vllm-openai:v0.11.0\n{text}\n").gaps == ()


def test_a_script_at_the_start_may_switch_anything_on(dockerfile: Read) -> None:
    assert "unsafe_loading" in hidden(dockerfile('FROM vllm/vllm-openai:v1\nENTRYPOINT ["./start.sh"]\n'))


@pytest.mark.parametrize(
    "text",
    [
        'CMD ["vllm", "serve", "m", "--trust-remote-code"]',
        "CMD vllm serve m --trust-remote-code",
        "ENV HF_TRUST_REMOTE_CODE=1",
        "RUN python -c \"m.from_pretrained('o/m', trust_remote_code=True)\"",
        "RUN <<EOF\npython -c 'load(trust_remote_code=True)'\nEOF",
    ],
)
def test_switches_for_remote_code_are_found(dockerfile: Read, text: str) -> None:
    found = dockerfile(f"FROM vllm/vllm-openai:v1\n{text}\n").facts["unsafe_loading"]

    assert {one["risk"] for one in found} == {"remote_code"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"ENV HF_TOKEN={TOKEN}", "env"),
        (f"ARG HF_TOKEN={TOKEN}", "env"),
        (f"ENV NOTHING={TOKEN}", "env"),
        (f"RUN hf auth login --token {TOKEN}", "argument"),
        (f"RUN <<EOF\nexport HF_TOKEN={TOKEN}\nEOF", "argument"),
        (f'CMD ["serve", "--api-key", "{TOKEN}"]', "argument"),
        (f"LABEL token={TOKEN}", "field"),
        (f"ENV HF_TOKEN={TOKEN}\nENV HF_TOKEN=", "env"),
        (f"ENV HF_TOKEN={TOKEN}\nFROM b:1", "env"),
        (f"HEALTHCHECK CMD curl -H 'Authorization: Bearer {TOKEN}' localhost", "field"),
        (f"COPY <<EOF /root/.token\n{TOKEN}\nEOF", "field"),
        (f"ONBUILD ENV HF_TOKEN={TOKEN}", "field"),
        (f"CMD serve --token {TOKEN}\nCMD serve", "field"),
    ],
)
def test_credentials_are_found_and_emptied(dockerfile: Read, text: str, where: str) -> None:
    found = dockerfile(f"FROM a:1\n{text}\n")

    assert {one["where"] for one in found.facts["literal_secrets"]} == {where}
    assert TOKEN not in json.dumps([found.facts, found.gaps, found.masked])


def test_a_credential_before_the_first_stage_is_found(dockerfile: Read) -> None:
    found = dockerfile(f"ARG HF_TOKEN={TOKEN}\nFROM a:1\n")

    assert [(one["where"], one["name"]) for one in found.facts["literal_secrets"]] == [("env", "HF_TOKEN")]


def test_a_credential_from_elsewhere_is_none_in_the_file(dockerfile: Read) -> None:
    text = (
        "FROM a:1\nARG HF_TOKEN\nENV HF_TOKEN=$HF_TOKEN\nRUN --mount=type=secret,id=hf,env=HF_TOKEN hf download o/m\n"
    )

    assert dockerfile(text).facts["literal_secrets"] == []


def test_an_emptied_value_is_listed_as_masked(dockerfile: Read) -> None:
    found = dockerfile(f'FROM a:1\nENV A=1 HF_TOKEN={TOKEN}\nCMD ["x", "--token", "{TOKEN}"]\n')

    assert set(found.masked) == {"facts.containers.0.env.1.value", "facts.containers.0.arguments.2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ADD https://e.com/a.tgz /", ("add", "https://e.com/a.tgz", False)),
        (f"ADD --checksum=sha256:{'0' * 64} https://e.com/a.tgz /", ("add", "https://e.com/a.tgz", True)),
        ("ARG SUM\nADD --checksum=$SUM https://e.com/a.tgz /", ("add", "https://e.com/a.tgz", None)),
        ("ARG SRC\nADD ${SRC} /", ("add", "${SRC}", None)),
        (f"ADD https://g.com/o/r.git#{COMMIT} /", ("add", f"https://g.com/o/r.git#{COMMIT}", True)),
        ("ADD https://g.com/o/r.git#main /", ("add", "https://g.com/o/r.git#main", False)),
        ("RUN curl -fsSL https://e.com/i.sh | sh", ("piped", "https://e.com/i.sh", False)),
        ("RUN wget -qO- https://e.com/i.sh | sudo -E bash -", ("piped", "https://e.com/i.sh", False)),
        ('RUN sh -c "$(curl -fsSL https://e.com/i.sh)"', ("piped", "https://e.com/i.sh", False)),
        ("RUN bash <(curl -fsSL https://e.com/i.sh)", ("piped", "https://e.com/i.sh", False)),
        ("RUN curl -o /x https://e.com/x && chmod +x /x", ("saved", "https://e.com/x", False)),
        ("RUN cd /tmp \\\n && sudo curl -O https://e.com/x", ("saved", "https://e.com/x", False)),
        ("RUN <<EOF\nset -e\nwget https://e.com/x\nEOF", ("saved", "https://e.com/x", False)),
        ("RUN curl -o x https://e.com/x && echo '00  x' | sha256sum -c -", ("saved", "https://e.com/x", True)),
        ("RUN curl -o x https://e.com/x && gpg --batch --verify x.asc x", ("saved", "https://e.com/x", True)),
        ("RUN if true; then curl -o x $URL; fi", ("saved", "$URL", False)),
    ],
)
def test_downloads_are_found_and_whether_they_are_verified(
    dockerfile: Read, text: str, expected: tuple[str, str, object]
) -> None:
    assert downloads(dockerfile(f"FROM a:1\n{text}\n")) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "RUN apt-get install -y sudo curl wget && curl --version",
        "RUN apt-get install time \\\n wget \\\n zlib1g-dev",
        "RUN echo 'curl https://e.com'",
        "RUN curl -f http://localhost:8000/health",
        "HEALTHCHECK CMD curl -f https://e.com/health",
        "ADD model.tar.gz /",
        "COPY <<EOF /x\ncurl https://e.com/x | sh\nEOF",
    ],
)
def test_what_fetches_nothing_is_no_download(dockerfile: Read, text: str) -> None:
    assert downloads(dockerfile(f"FROM a:1\n{text}\n")) == []


@pytest.mark.parametrize(
    ("text", "serving"),
    [
        ("FROM vllm/vllm-openai:v1", True),
        ('FROM python:3.11\nENTRYPOINT ["python", "-m", "sklearnserver"]', True),
        ("FROM python:3.11\nRUN pip install torch==2.7", False),
        ("FROM vllm/vllm-openai:v1 AS a\nFROM a\nENV A=1", True),
    ],
)
def test_what_runs_ai_is_told_and_whether_it_serves(dockerfile: Read, text: str, serving: bool) -> None:
    facts = dockerfile(f"{text}\n").facts

    assert (facts["ai_workload"], facts["serving"]) == (True, serving)


def test_a_plain_build_runs_no_ai(dockerfile: Read) -> None:
    assert dockerfile('FROM python:3.11\nRUN pip install flask\nCMD ["flask", "run"]\n').facts["ai_reasons"] == []


@pytest.mark.parametrize(
    "text", [f'ENV A=1 "HF_TOKEN={TOKEN}', f"ARG 1HF_TOKEN={TOKEN}", f"ADD https://u:{TOKEN}@e.com/x /x"]
)
def test_what_is_not_understood_is_not_repeated(dockerfile: Read, text: str) -> None:
    found = dockerfile(f"FROM a:1\n{text}\n")
    facts, _ = masked_facts(found)

    assert TOKEN not in json.dumps([facts, found.gaps])
