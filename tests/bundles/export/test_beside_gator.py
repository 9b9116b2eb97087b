"""The templates and Constraints in the real gator: object by object what policyctl says of the same files, and does about it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyctl import pipeline, settings
from policyctl.bundles.build import Bundle
from policyctl.bundles.export.folder import write
from policyctl.bundles.export.gatekeeper import exported
from policyctl.bundles.portable import left_out
from policyctl.context import Context
from policyctl.opening import open_run
from policyctl.profiles import chosen_profile
from policyctl.settings import Settings
from tests.bundles.conftest import own
from tests.bundles.export.judged import DAY, Judged
from tests.bundles.export.test_portable import FULL, IMAGES, QUANTITIES, changed_once, with_value, workloads
from tests.conftest import ROOT
from tests.go_programs import GATOR, go_tool

__all__ = ["own"]
pytestmark = pytest.mark.servers

STRICT = """\
id: strict
title: All of it
description: What could not be told counts, one control is told to nobody, and there are few accelerators.
extends: baseline
enforcement: {default: deny, controls: {SUP-003: audit, OPS-002: warn}}
undetermined: [critical, high, medium, low]
parameters:
  operations.resource_limits: {maximum_accelerators: 1}
"""
EVERY_NTH = 40
"""Of the objects with one changed field, so many are passed over for each that is asked about here; `test_portable` has them all."""

Verdict = tuple[str, str, str, str, str]
"""What is done, the control, its status, the object, and for a fail the path."""


@pytest.fixture(scope="module")
def gator(tmp_path_factory: pytest.TempPathFactory) -> str:
    return go_tool(GATOR, tmp_path_factory.mktemp("bin"))


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file for each object, each with a name of its own."""
    folder = tmp_path_factory.mktemp("objects")
    container = ("spec", "containers", 0)
    accelerators = (*container, "resources", "limits", "nvidia.com/gpu")
    listed = [*workloads(), FULL, *list(changed_once())[::EVERY_NTH]]
    listed += [with_value(FULL, (*container, "image"), image) for image in IMAGES]
    listed += [with_value(FULL, accelerators, quantity) for quantity in [*QUANTITIES, 2, 8]]
    for number, one in enumerate(listed):
        named = {**one, "metadata": {**one["metadata"], "name": f"object-{number}"}}
        (folder / f"{number:04}.json").write_text(json.dumps(named))
    return folder


@pytest.fixture(params=["baseline", "every", "strict"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with a profile."""
    (tmp_path / "strict.yaml").write_text(STRICT)
    every = str(ROOT / "tests" / "corpus" / "every.yaml")
    named = {"baseline": "baseline", "every": every, "strict": str(tmp_path / "strict.yaml")}
    return settings.load({"profile": named[request.param]}, environment={}, cwd=tmp_path)


def by_gator(gator: str, folder: Path, objects: Path) -> list[Verdict]:
    """What gator says that is not only a dry run."""
    command = [gator, "test", "--filename", str(folder / "templates"), "--filename", str(folder / "constraints")]
    ran = subprocess.run(
        [*command, "--filename", str(objects), "--output", "json"], capture_output=True, text=True, check=False
    )
    assert ran.stdout, ran.stderr
    results = [one for one in json.loads(ran.stdout) if one["enforcementAction"] != "dryrun"]
    return verdicts((one["enforcementAction"], one["metadata"]["details"]) for one in results)


def verdicts(told: Any) -> list[Verdict]:
    """Fails one by one; of what could not be told, whether there was anything."""
    fails, untold = [], set()
    for action, said in told:
        found = (action, said["control"], said["status"], said["resource"])
        if said["status"] == "fail":
            fails.append((*found, str(said["path"])))
        else:
            untold.add((*found, ""))
    return sorted([*fails, *untold])


def by_policyctl(told: Settings, objects: Path, controls: set[str]) -> list[Verdict]:
    with open_run(told) as run:
        report = pipeline.check([str(objects)], run, pipeline.Options(record=False), Context("reader", DAY))
    assert len(report.decisions) == len(list(objects.iterdir()))
    keys = ("control", "status", "resource", "path")
    said = [said for one in report.decisions for said in Judged(None, one).said if said[1] in controls]
    return verdicts((action, dict(zip(keys, rest, strict=True))) for action, *rest in said)


def test_every_object_is_judged_the_same(
    gator: str, own: Bundle, told: Settings, objects: Path, tmp_path: Path
) -> None:
    profile = chosen_profile(told, own.catalog)
    write(tmp_path / "gatekeeper", exported(own, profile), force=False)
    portable = set(own.catalog["index"]["kubernetes_object"]) - set(left_out(own.files, own.catalog))

    expected = by_policyctl(told, objects, portable)
    assert by_gator(gator, tmp_path / "gatekeeper", objects) == expected
    assert {status for _, _, status, _, _ in expected} == {"fail", "undetermined"}


def test_a_constraint_without_its_parameters_denies(gator: str, own: Bundle, objects: Path, tmp_path: Path) -> None:
    files = exported(own, own.catalog["profiles"]["baseline"])
    emptied = {
        path: text.replace(b"maximum_accelerators: 0", b"other: 0").replace(b"- fail", b"- nothing")
        for path, text in files.items()
    }
    write(tmp_path / "gatekeeper", emptied, force=False)
    command = [
        gator,
        "test",
        "-f",
        str(tmp_path / "gatekeeper" / "templates"),
        "-f",
        str(tmp_path / "gatekeeper" / "constraints"),
    ]
    ran = subprocess.run([*command, "-f", str(objects / "0000.json")], capture_output=True, text=True, check=False)

    assert ran.returncode != 0
    assert "cannot be read" in ran.stdout + ran.stderr or "must be one of" in ran.stderr + ran.stdout
