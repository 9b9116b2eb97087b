"""A document in a batch costs no more than alone: `with` makes OPA forget, and a choice left open is then tried from the beginning."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from policyctl import library, opening
from policyctl.bundles.parts import whole
from tests.conftest import ROOT, Run


def evaluations(opa: str, folder: Path, query: str, asked: object) -> dict[str, int]:
    """How often each line of the rules was evaluated."""
    (folder / "input.json").write_text(json.dumps(asked))
    options = [
        "--bundle",
        "b.tar.gz",
        "--input",
        "input.json",
        "--profile",
        "--profile-limit",
        "100000",
        "--format",
        "json",
    ]
    done = subprocess.run([opa, "eval", *options, query], cwd=folder, capture_output=True, text=True, check=True)
    profile = json.loads(done.stdout)["profile"]
    return {f"{line['location']['file']}:{line['location']['row']}": line["num_eval"] for line in profile}


def test_a_document_of_a_batch_is_evaluated_once(tmp_path: Path, opa_path: str, run: Run) -> None:
    gathered = run("gather", str(ROOT / "examples/kubernetes/vllm-deployment.yaml"))
    document = json.loads(gathered.out)
    (tmp_path / "b.tar.gz").write_bytes(whole(library.load((ROOT,), opening.opa_path).bundle))

    alone = evaluations(opa_path, tmp_path, "data.policyctl.main.decision", document)
    batch = evaluations(opa_path, tmp_path, "data.policyctl.main.decisions", {"documents": [document]})

    # Not quite equal: the order in which OPA goes through a set may differ.
    assert sum(alone.values()) > 1000
    assert sum(batch.values()) < 1.1 * sum(alone.values())
