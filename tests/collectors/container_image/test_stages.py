"""What a Dockerfile's stages stand on, set and run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from policyctl.model.document import Collected
from tests.collectors.container_image.conftest import hidden

Read = Callable[[str], Collected]


def last(found: Collected) -> Any:
    return found.facts["containers"][-1]


def stages(found: Collected) -> list[tuple[str, str, str, str]]:
    return [
        (one["role"], one["name"], one["image_source"], one.get("base", {}).get("reference", ""))
        for one in found.facts["containers"]
    ]


def test_stages_stand_on_images_earlier_stages_and_nothing(dockerfile: Read) -> None:
    found = dockerfile("FROM python:3.11 AS Base\nFROM base AS middle\nFROM scratch\nCOPY --from=middle /a /a\n")

    assert stages(found) == [
        ("stage", "base", "file", "python:3.11"),
        ("stage", "middle", "stage", "python:3.11"),
        ("final", "2", "scratch", ""),
    ]


def test_images_that_files_come_from_are_there_too_and_once(dockerfile: Read) -> None:
    text = (
        "FROM a:1 AS one\nFROM b:1\nCOPY --from=ghcr.io/x/uv:1 /uv /bin/\nCOPY --from=ghcr.io/x/uv:1 /uvx /bin/\n"
        "COPY --from=0 /a /a\nRUN --mount=type=bind,from=tools:2,target=/t make\n"
    )

    assert [(one["name"], one["path"]) for one in dockerfile(text).facts["containers"] if one["role"] == "copied"] == [
        ("ghcr.io/x/uv:1", ["instructions", 2]),
        ("tools:2", ["instructions", 5]),
    ]


def test_a_build_argument_with_a_default_is_filled_in(dockerfile: Read) -> None:
    text = "ARG VERSION=3.11\nARG IMAGE=python:${VERSION}-slim\nFROM ${IMAGE} AS a\nARG VERSION\nENV V=$VERSION\n"

    assert last(dockerfile(text))["image"]["reference"] == "python:3.11-slim"
    assert [(one["name"], one["value"]) for one in last(dockerfile(text))["env"]] == [
        ("VERSION", "3.11"),
        ("V", "3.11"),
    ]


@pytest.mark.parametrize("written", ["${IMAGE}", "python:$VERSION", "base-${TARGETARCH}", "${IMAGE#x}"])
def test_an_image_whose_argument_has_no_default_is_not_known(dockerfile: Read, written: str) -> None:
    found = dockerfile(f"ARG IMAGE\nFROM {written}\n")

    assert last(found)["image_source"] == "elsewhere"
    assert {"ai_workload", "serving", "models", "unsafe_loading"} <= hidden(found)


def test_what_is_no_image_is_said(dockerfile: Read) -> None:
    assert last(dockerfile("FROM Not/An/Image\n"))["image_source"] == "missing"


def test_a_stage_keeps_what_the_one_below_it_set(dockerfile: Read) -> None:
    text = 'FROM a:1 AS base\nARG SECRET_FREE=1\nENV A=1\nUSER 1000\nENTRYPOINT ["run"]\nCMD ["x"]\nFROM base\n'
    found = last(dockerfile(text))

    assert [one["name"] for one in found["env"]] == ["A"]
    assert (found["user"], found["user_source"]) == ("1000", "file")
    assert found["arguments"] == ["run", "x"]


def test_a_new_entrypoint_ends_the_command_from_below(dockerfile: Read) -> None:
    assert last(dockerfile('FROM a:1 AS base\nCMD ["x"]\nFROM base\nENTRYPOINT ["run"]\n'))["arguments"] == ["run"]
    assert last(dockerfile('FROM a:1\nCMD ["x"]\nENTRYPOINT ["run"]\n'))["arguments"] == ["run", "x"]


def test_a_command_as_text_is_run_by_the_shell(dockerfile: Read) -> None:
    assert last(dockerfile("FROM a:1\nCMD serve --now\n"))["arguments"] == ["/bin/sh", "-c", "serve --now"]
    assert last(dockerfile('FROM a:1\nSHELL ["/bin/bash", "-ec"]\nCMD serve\n'))["arguments"][0] == "/bin/bash"


def test_without_a_user_the_images_own_counts(dockerfile: Read) -> None:
    assert last(dockerfile("FROM a:1\n"))["user_source"] == "image"
    assert "user" not in last(dockerfile("FROM a:1\n"))


def test_a_user_from_an_argument_without_a_default_is_not_known(dockerfile: Read) -> None:
    assert last(dockerfile("FROM a:1\nARG UID\nUSER ${UID}\n"))["user_source"] == "elsewhere"
    assert last(dockerfile("FROM a:1\nARG UID=1000\nUSER ${UID}:${UID}\n"))["user"] == "1000:1000"


def test_variables_are_read_with_quotes_escapes_and_several_in_a_line(dockerfile: Read) -> None:
    text = 'FROM a:1\nENV A="x y" B=\'$A\' C=p\\ q D=${E:-e} F="${A}z"\nENV OLD some text\n'

    assert {one["name"]: one["value"] for one in last(dockerfile(text))["env"]} == {
        "A": "x y",
        "B": "$A",
        "C": "p q",
        "D": "e",
        "F": "${A}z",
        "OLD": "some text",
    }


@pytest.mark.parametrize(
    "text",
    [
        "USER 1000\nFROM a:1\n",
        "FROM a:1\nINCLUDE x\n",
        "FROM a:1 b c\n",
        'FROM a:1\nENV A=1 "B\n',
        "FROM a:1\nRUN <<EOF\n",
        "# syntax=example.com/other:1\nFROM a:1\n",
        "ARG A=1\n",
    ],
)
def test_what_is_not_understood_hides_all(dockerfile: Read, text: str) -> None:
    assert {"containers", "models", "literal_secrets", "downloads", "ai_workload"} <= hidden(dockerfile(text))


def test_what_is_left_to_builds_of_others_is_not_known(dockerfile: Read) -> None:
    found = dockerfile("FROM a:1\nONBUILD USER root\nUSER 1000\n")

    assert {"containers", "downloads"} <= hidden(found)
    assert last(found)["user"] == "1000"


def test_the_frontend_of_docker_hides_nothing(dockerfile: Read) -> None:
    assert dockerfile("# syntax = docker/dockerfile:experimental\nFROM a:1\n").gaps == ()


def test_a_fact_has_its_line_also_inside_an_instruction(dockerfile: Read) -> None:
    found = dockerfile("FROM a:1\nENV A=1 \\\n    HF_TOKEN=hf_0123456789abcdefghijABCDEFGHIJ0123\n")
    (secret,) = found.facts["literal_secrets"]
    location = found.locate("", tuple(secret["path"]))

    assert location is not None
    assert (location.file, location.line) == ("Dockerfile", 3)
