"""What an author waits for, and what a decision costs with so many controls beside those that it asks."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from starts import PROGRAM, ROOT
from timing import Case, measure, table

from policyctl import library, opening
from policyctl.bundles.parts import part, whole

MANIFEST = ROOT / "examples/kubernetes/vllm-deployment.yaml"
KIND = "kubernetes_object"
SMALLEST, LARGEST = "BOM-001", "SEC-001"
"""Controls with few and with many mutants."""


def section(runs: int, environment: Mapping[str, str]) -> str:
    """Whole commands, and the time of OPA alone for one manifest."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [
            Case("bundle build", [*PROGRAM, "bundle", "build", f"{folder}/b.tar.gz"], cwd=ROOT),
            Case("control lint", [*PROGRAM, "control", "lint"], cwd=ROOT),
            Case("control test, all", [*PROGRAM, "control", "test"], cwd=ROOT),
            *(
                Case(f"control mutate {id}", [*PROGRAM, "control", "mutate", id], cwd=ROOT)
                for id in (SMALLEST, LARGEST)
            ),
        ]
        measure(cases, runs, environment)
        every = [Case("control mutate, all", [*PROGRAM, "control", "mutate"], cwd=ROOT)]
        measure(every, 1, environment, warm=False)
        told = _one_object(runs, Path(folder), environment)
    return f"## The workbench\n\n{runs} runs each, of all mutants one; milliseconds.\n\n{table([*cases, *every])}\n\n{told}\n"


def _one_object(runs: int, folder: Path, environment: Mapping[str, str]) -> str:
    """One manifest decided with every control in the bundle, and with those of its kind alone."""
    loaded = library.load((library.own_root(),), opening.opa_path)
    catalog = loaded.bundle.catalog
    document = subprocess.run(
        [*PROGRAM, "gather", str(MANIFEST)], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    (folder / "input.json").write_text(json.dumps({"documents": [json.loads(document)]}))
    of_kind = [id for id, control in catalog["controls"].items() if KIND in control["kinds"]]
    archives = {"all": whole(loaded.bundle), "kind": part(loaded.bundle, of_kind)}
    times: dict[str, list[float]] = {name: [] for name in archives}
    for name, archive in archives.items():
        (folder / f"{name}.tar.gz").write_bytes(archive)
    for _ in range(runs):
        for name in archives:
            times[name].append(_bench(folder, name))
    whole_ms, alone_ms = statistics.median(times["all"]), statistics.median(times["kind"])
    return (
        f"One Deployment in OPA, {len(json.loads(document)['profile']['enforcement'])} controls asked: {whole_ms:.2f} ms in a bundle of "
        f"{len(catalog['controls'])} controls, {alone_ms:.2f} ms in one of the {len(of_kind)} of its kind: {whole_ms / alone_ms:.2f} times."
    )


def _bench(folder: Path, name: str) -> float:
    """Milliseconds a decision, by `opa bench`."""
    query = "data.policyctl.main.decisions"
    command = [opening.opa_path(), "bench", "--format", "json", "--metrics=false", "--bundle", f"{name}.tar.gz"]
    done = subprocess.run(
        [*command, "--input", "input.json", query], cwd=folder, check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout)
    return float(told["T"]) / float(told["N"]) / 1e6
