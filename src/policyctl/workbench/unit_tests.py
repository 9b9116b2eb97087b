"""The tests beside the rules, run by OPA itself."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from policyctl.model.catalog import Control
from policyctl.model.errors import ContentError, EngineError
from policyctl.workbench.outcome import Tested
from policyctl.workbench.passing import passing

_PATIENCE = 600


def unit_tests(opa: str, roots: Sequence[Path], controls: Sequence[Control]) -> list[Tested]:
    """Runs the tests of these controls. Raises ContentError where the rules do not compile, EngineError where OPA fails."""
    packages = {f"data.policyctl.controls.{c['family']}.{c['name']}_test": c["id"] for c in controls}
    passed = passing(opa, _folders(roots), packages)
    others = {package: id for package, id in packages.items() if package not in passed}
    told = _tested(_run(opa, roots, others, "--format", "json"), others) if others else ()
    return [*(test for tests in passed.values() for test in tests), *told]


def coverage(opa: str, roots: Sequence[Path], controls: Sequence[Control]) -> dict[str, float]:
    """By control, the part of its rules' lines that its own tests reach, in percent."""
    found = {}
    for control in controls:
        package = f"data.policyctl.controls.{control['family']}.{control['name']}_test"
        report = _run(opa, roots, {package: control["id"]}, "--coverage", "--format", "json")
        own = f"policyctl/controls/{control['family']}/{control['name']}/{control['name']}.rego"
        found[control["id"]] = next(
            (file.get("coverage", 0.0) for name, file in report["files"].items() if name.endswith(own)), 0.0
        )
    return found


def _run(opa: str, roots: Sequence[Path], packages: dict[str, str], *options: str) -> Any:
    chosen = "|".join(re.escape(package) for package in packages)
    command = [opa, "test", "--timeout", "60s", *options, "--run", rf"^({chosen})\.", *map(str, _folders(roots))]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"{opa} could not run the tests: {error}", hint="see policyctl engine status") from error
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        said = (done.stderr or done.stdout).strip()
        raise ContentError(f"the tests cannot be run: {said}", hint="run opa check on the rules and tests") from error


def _folders(roots: Sequence[Path]) -> list[Path]:
    return [root / "rego" / "policyctl" for root in roots if (root / "rego" / "policyctl").is_dir()]


def _tested(results: Any, packages: dict[str, str]) -> Iterator[Tested]:
    for result in results or ():
        location = result["location"]
        place = f"{location['file']}:{location['row']}"
        seconds = result.get("duration", 0) / 1_000_000_000
        control = next(id for package, id in packages.items() if f"{result['package']}.".startswith(f"{package}."))
        yield Tested(control, "unit", result["name"], place, _message(result), seconds)


def _message(result: Any) -> str:
    """Why a test is no pass. What OPA says of nothing but its time has passed."""
    if result.get("error"):
        return f"could not be evaluated: {result['error'].get('message', result['error'])}"
    if result.get("skip"):
        return "is skipped: remove todo_ from its name, or the test"
    return "does not hold" if result.get("fail") else ""
