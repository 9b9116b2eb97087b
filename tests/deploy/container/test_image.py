"""The image decides as policyctl does outside, without network, without rights and on a read-only disk."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES, ROOT, Run
from tests.podman import Podman

pytestmark = pytest.mark.servers

LEDGER = "/var/lib/policyctl"
DENIED, ALLOWED = "terraform/credit-scorer/plan.json", "terraform/credit-scorer-fixed/plan.json"

Start = Callable[..., subprocess.CompletedProcess[str]]


def documented() -> list[str]:
    """The options of `podman run` in the document about configuration, between `podman` and the image's name."""
    text = (ROOT / "docs/configuration.md").read_text().replace("\\\n", "")
    (found,) = re.findall(r"^podman (run .*) policyctl check \.$", text, re.MULTILINE)
    return shlex.split(found.replace("$PWD", str(EXAMPLES)))


@pytest.fixture
def start(podman: Podman, image: str) -> Start:
    """Runs policyctl in a new container as the document says, on examples/, with a new volume; options go before the image's name."""

    def one(*arguments: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return podman(*documented(), *options, image, *arguments)

    podman("volume", "rm", "--all")
    return one


def without_ledger() -> list[str]:
    """The documented options without the ledger's volume."""
    told = documented()
    at = told.index(f"policyctl:{LEDGER}")
    return [*told[: at - 1], *told[at + 1 :]]


def decided(report: str) -> list[dict[str, Any]]:
    """What was decided about each subject, by which rules and from which document."""
    return [
        {
            **{key: decision[key] for key in ("subject", "outcome", "results", "bundle")},
            "document": decision["blobs"]["document"],
        }
        for decision in json.loads(report)["decisions"]
    ]


def test_all_examples_are_decided_as_outside(start: Start, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    outside = run("check", ".", "--output", "json")
    inside = start("check", ".", "--output", "json")

    assert inside.returncode == outside.code == 1
    assert decided(inside.stdout) == decided(outside.out)


@pytest.mark.parametrize(("plan", "code"), [(DENIED, 1), (ALLOWED, 0), ("no/such/plan.json", 2)])
def test_the_exit_code_comes_out(start: Start, plan: str, code: int) -> None:
    assert start("check", plan).returncode == code


def test_the_ledger_outlives_the_container_and_is_replayed(start: Start) -> None:
    start("check", DENIED)
    verified, replayed = start("ledger", "verify"), start("ledger", "replay", "1")

    assert verified.stdout.startswith("OK  1 entr")
    assert replayed.stdout.startswith("SAME")


def test_without_a_folder_for_the_ledger_nothing_is_allowed(podman: Podman, image: str) -> None:
    done = podman(*without_ledger(), image, "check", ALLOWED)

    assert done.returncode == 4
    assert "Read-only file system" in done.stderr


def test_another_user_takes_the_engine_and_the_bundle_of_the_image(podman: Podman, image: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    options = ("--user", "4321:4321", "--volume", f"{tmp_path}:{LEDGER}", "--entrypoint", "/bin/sh")
    done = podman(*without_ledger(), *options, image, "-c", f"policyctl check {ALLOWED} >/dev/null && ls -A /tmp")

    assert done.returncode == 0
    assert (tmp_path / "ledger.db").is_file()
    # A bundle that it had to build would lie here too.
    assert done.stdout.split() == ["policyctl-4321"]


def test_it_is_nobody_in_particular_and_says_what_it_is(podman: Podman, image: str) -> None:
    told = json.loads(podman("image", "inspect", image).stdout)[0]

    assert told["User"] == "65532:65532"
    assert told["Config"]["Entrypoint"] == ["policyctl"]
    assert told["Labels"]["org.opencontainers.image.title"] == "policyctl"


def test_nothing_of_the_image_but_the_ledger_is_its_users(podman: Podman, image: str) -> None:
    script = "find / -xdev -user 65532 -not -path '/tmp/*'; find /opt/policyctl -perm /022 -not -type l; command -v pip"
    done = podman("run", "--rm", "--network", "none", "--entrypoint", "/bin/sh", image, "-c", script)

    assert done.stdout.splitlines() == [LEDGER]
