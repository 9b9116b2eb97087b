"""What `opa check --strict` says of the rules against the schema of all documents: a misspelt fact is an error here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from policyctl.bundles.reads import RESOURCE_TYPE
from policyctl.documents.schemas import rego_schema
from policyctl.model.opa import MEMORY


def checked_by_opa(opa: str, rules: Mapping[str, str]) -> list[str]:
    """A sentence for each error, with file and line. `rules` are the texts by file name."""
    types = {found[0] for text in rules.values() for found in RESOURCE_TYPE.finditer(text)}
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder, "schema.json")
        schema.write_text(json.dumps(rego_schema(sorted(types))))
        for name, text in rules.items():
            file = Path(folder, "rego", name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        command = [opa, "check", "--strict", "--schema", str(schema), "--format", "json", str(Path(folder, "rego"))]
        run = subprocess.run(command, env={**os.environ, **MEMORY}, capture_output=True, text=True, check=False)
        return list(_said(run.stdout or run.stderr, folder)) if run.returncode else []


def _said(output: str, folder: str) -> Iterator[str]:
    try:
        errors = json.loads(output)["errors"]
    except (ValueError, KeyError):
        yield re.sub(re.escape(folder) + "/", "", output.strip())
        return
    for error in errors:
        place = error.get("location", {})
        file = str(place.get("file", "")).removeprefix(folder + "/")
        yield f"{file}:{place.get('row', '?')}: {error['message']}"
