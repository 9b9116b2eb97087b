"""The bundle loads unchanged in an OPA that knows nothing of us, and its answer there is the one that we record."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from policyctl import context, deciding, opening, pipeline, settings
from policyctl.attesting import Attestations
from policyctl.bundles.archive import pack
from policyctl.bundles.build import SIGNATURES, Bundle, numbered
from policyctl.bundles.signature import sign
from policyctl.documents.cutting import Cut, cut
from policyctl.gathering import gather, subjects
from policyctl.profiles import chosen_profile
from policyctl.systems import Systems
from tests.conftest import EXAMPLES

PATHS = [
    str(EXAMPLES / path)
    for path in ("terraform/credit-scorer/plan.json", "kubernetes/vllm-deployment.yaml", "model_cards/bloom.md")
]


@pytest.fixture(scope="module")
def asked() -> list[tuple[Any, Any]]:
    """Documents of real files as OPA is sent them, each with the answer that policyctl takes."""
    own, today = settings.load({"profile": "eu-ai-act-high-risk"}), context.current()
    with opening.open_run(own) as run:
        catalog = run.loaded.bundle.catalog
        built = pipeline.build_documents(
            subjects(gather(PATHS)),
            chosen_profile(own, catalog),
            Systems(own),
            Attestations(own, catalog, today),
            pipeline.Options(),
            today,
        )
        decided = list(deciding.decide(run.engine, catalog, built))
    return [(cut(one.document, Cut.of(catalog, one.document["kind"])), one.answer) for one in decided]


@pytest.fixture
def archive(own: Bundle, tmp_path: Path) -> Path:
    (tmp_path / "bundle.tar.gz").write_bytes(own.archive)
    return tmp_path / "bundle.tar.gz"


def test_opa_eval_gives_the_same_answers(asked: list[tuple[Any, Any]], archive: Path, opa: str) -> None:
    assert len(asked) >= len(PATHS)
    for document, answer in asked:
        command = [
            opa,
            "eval",
            "-b",
            str(archive),
            "--stdin-input",
            "--strict-builtin-errors",
            "data.policyctl.main.decision",
        ]
        ran = subprocess.run(command, input=json.dumps(document), capture_output=True, text=True, check=True)

        assert json.loads(ran.stdout)["result"][0]["expressions"][0]["value"] == answer


@pytest.mark.parametrize("signed", [False, True])
def test_opa_run_serves_it_unchanged(
    asked: list[tuple[Any, Any]], own: Bundle, archive: Path, keys: Path, opa_path: str, signed: bool
) -> None:
    """Signed, OPA is given the key and verifies it itself."""
    options: list[str] = []
    if signed:
        files = numbered(own, 3)
        archive.write_bytes(pack({**files, SIGNATURES: sign(files, str(keys / "p256.pem"))[0]}))
        options = ["--verification-key", str(keys / "p256.pub"), "--signing-alg", "ES256"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [opa_path, "run", "--server", "--addr", f"127.0.0.1:{port}", "-b", str(archive), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for document, answer in asked:
            assert _answer(process, port, document) == answer
    finally:
        process.kill()
        process.wait()


def _answer(process: subprocess.Popen[bytes], port: int, document: Any) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/data/policyctl/main/decision", json.dumps({"input": document}).encode()
    )
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)["result"]
        except OSError:
            assert process.poll() is None, "OPA ended"
            time.sleep(0.05)
