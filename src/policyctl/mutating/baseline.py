"""What OPA's own test runner says of the rules as they were written."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from policyctl.model.errors import ContentError


def passing(opa: str, files: Sequence[Path]) -> set[tuple[str, str]]:
    """The tests that pass, by package ("a/b/c_test") and name. Raises ContentError where `opa test` cannot run them."""
    command = [opa, "test", "--timeout", "60s", "--format", "json", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        told = json.loads(run.stdout) or []
    except ValueError as error:
        raise ContentError(f"opa test: {run.stderr or run.stdout}", hint="run opa check on the files") from error
    return {
        (test["package"].removeprefix("data.").replace(".", "/"), test["name"])
        for test in told
        if not (test.get("fail") or test.get("error") or test.get("skip"))
    }
