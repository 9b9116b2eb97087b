"""The bundle holds the schemas of the documents that it decides about, for those who make documents, and no OPA loads them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from policyctl.bundles.archive import files_in
from policyctl.bundles.build import SCHEMAS, Bundle
from policyctl.bundles.parts import whole
from policyctl.documents.schemas import schema_of
from policyctl.model.document import KINDS


def test_there_is_a_schema_for_every_kind(own: Bundle) -> None:
    held = {path: json.loads(text) for path, text in own.files.items() if path.startswith(SCHEMAS)}

    assert held == {f"{SCHEMAS}{kind}.json": schema_of(kind) for kind in KINDS}


def test_opa_loads_the_catalog_and_no_schema(own: Bundle, opa: str, tmp_path: Path) -> None:
    archive = tmp_path / "bundle.tar.gz"
    archive.write_bytes(own.archive)
    command = [opa, "eval", "-b", str(archive), 'object.keys(object.filter(data.policyctl, ["catalog", "schemas"]))']
    told: Any = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert told["result"][0]["expressions"][0]["value"] == ["catalog"]


def test_an_opa_of_our_own_is_not_sent_them(own: Bundle) -> None:
    assert [path for path in files_in(whole(own)) if path.startswith(SCHEMAS)] == []
