"""What an author waits for, and what a decision costs with so many controls beside those that it asks."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from starts import PROGRAM, ROOT
from timing import Case, measure, table

from policyctl import library, opening
from policyctl.bundles.parts import part, whole
from policyctl.engines.address import Address
from policyctl.engines.wire import Wire
from policyctl.model.opa import MEMORY

MANIFESTS = (ROOT / "tests/data/kubernetes", ROOT / "examples/kubernetes")
QUESTIONS = 15
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
        told = _one_object(Path(folder), environment)
    return f"## The workbench\n\n{runs} runs each, of all mutants one; milliseconds.\n\n{table([*cases, *every])}\n\n{told}\n"


def _one_object(folder: Path, environment: Mapping[str, str]) -> str:
    """Every object of the repository's manifests, decided by OPA with every control in the bundle, and with those of its kind alone."""
    loaded = library.load((library.own_root(),), opening.opa_path)
    catalog = loaded.bundle.catalog
    of_kind = [id for id, control in catalog["controls"].items() if KIND in control["kinds"]]
    command = [*PROGRAM, "gather", "--list", *map(str, MANIFESTS)]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout
    objects = [document for document in json.loads(told) if document["kind"] == KIND]
    times = {}
    for name, archive in {"all": whole(loaded.bundle), "kind": part(loaded.bundle, of_kind)}.items():
        (folder / f"{name}.tar.gz").write_bytes(archive)
        with _served(folder, f"{name}.tar.gz", environment) as wire:
            times[name] = [_evaluated(wire, one) for one in objects]
    workloads = [ms for ms, one in zip(times["all"], objects, strict=True) if one["facts"]["ai_workload"]]
    whole_ms, alone_ms = statistics.median(times["all"]), statistics.median(times["kind"])
    return (
        f"One object in OPA, {QUESTIONS} times each of {len(objects)} objects under the profile baseline, median: {whole_ms:.2f} ms in a "
        f"bundle of {len(catalog['controls'])} controls, {alone_ms:.2f} ms in one of the {len(of_kind)} of its kind: "
        f"{whole_ms / alone_ms:.2f} times. The {len(workloads)} AI workloads among them: {statistics.median(workloads):.2f} ms."
    )


@contextmanager
def _served(folder: Path, archive: str, environment: Mapping[str, str]) -> Iterator[Wire]:
    """An OPA of this bundle, started as policyctl starts its own."""
    socket = folder / "o"
    command = [opening.opa_path(), "run", "--server", "--bundle", archive, "--addr", f"unix://{socket}"]
    quiet = ["--log-level", "error", "--skip-version-check"]
    process = subprocess.Popen([*command, *quiet], cwd=folder, env={**environment, **MEMORY})
    try:
        while process.poll() is None and not socket.exists():
            time.sleep(0.05)
        yield Wire(Address(str(socket)), timeout=60, parallel=1)
    finally:
        process.terminate()
        process.wait()
        socket.unlink(missing_ok=True)


def _evaluated(wire: Wire, document: object) -> float:
    """Milliseconds that OPA says it evaluated, the median of some questions."""
    question = json.dumps({"input": {"documents": [document]}}).encode()
    spent = []
    for _ in range(QUESTIONS):
        status, body = wire.request("POST", "/v1/data/policyctl/main/decisions?metrics=true", question)
        if status != 200:
            raise SystemExit(f"OPA answered {status}: {body.decode(errors='replace')}")
        spent.append(json.loads(body)["metrics"]["timer_rego_query_eval_ns"] / 1e6)
    return statistics.median(spent)
