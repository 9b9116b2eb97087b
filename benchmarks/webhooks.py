"""The webhooks that are measured beside each other: policyctl, a plain OPA with the same rules, and one that allows everything."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import processes

from policyctl import library, opening
from policyctl.bundles.parts import part
from policyctl.documents.cutting import Cut, cut
from policyctl.ledger import open_ledger
from policyctl.model.opa import MEMORY
from tests.admission.certificates import Authority
from tests.admission.serving import Serving
from tests.postgres import running as postgres_running

KIND, PROFILE = "kubernetes_object", "eu-ai-act-high-risk"


@dataclass(frozen=True)
class Webhook:
    """One that runs: where it is asked, the PEM that its certificate comes from, and its processes."""

    name: str
    url: str
    ca: bytes
    pids: tuple[int, ...]


@contextmanager
def ours(name: str, folder: Path, environment: Mapping[str, str], ledger: str = "") -> Iterator[Webhook]:
    """`policyctl admission serve` with an OPA of its own. `ledger`: an address, else a SQLite file in the folder."""
    folder.mkdir()
    options = ["--profile", PROFILE, *(["--ledger", ledger] if ledger else [])]
    serving = Serving(folder, *options, environment=dict(environment))
    try:
        serving.start()
        yield Webhook(name, f"{serving.url}/v1/admit", serving.authority.file.read_bytes(), (serving.pid,))
    finally:
        serving.close()


@contextmanager
def with_postgres(name: str, folder: Path, environment: Mapping[str, str]) -> Iterator[Webhook]:
    """The same with a PostgreSQL of its own, which is one of its processes."""
    with postgres_running() as server:
        ledger = server.create("bench").url
        (main, *_) = processes.named("postgres", processes.tree(os.getpid()))
        init = [sys.executable, "-m", "policyctl", "ledger", "init", "--ledger", ledger]
        subprocess.run(init, env=environment, check=True, capture_output=True)
        with ours(name, folder, environment, ledger) as webhook:
            yield Webhook(name, webhook.url, webhook.ca, (*webhook.pids, main))


@contextmanager
def plain_opa(name: str, folder: Path, document: Mapping[str, Any]) -> Iterator[Webhook]:
    """An OPA that the API server asks itself, with the rules and the memory settings that policyctl gives its own.

    It cannot run the collector: of each request it takes the name alone, and decides about `document`, which is what policyctl has made
    of the same object. So it does the same work in Rego, and neither derives facts nor records anything.
    """
    folder.mkdir()
    (folder / "policyctl.tar.gz").write_bytes(_rules())
    (folder / "webhook").mkdir()
    manifest = {"revision": "1", "roots": ["measured"], "rego_version": 1}
    (folder / "webhook/.manifest").write_text(json.dumps(manifest))
    (folder / "webhook/main.rego").write_text(_MAIN)
    (folder / "webhook/data.json").write_text(json.dumps({"measured": {"document": document}}))
    bundles = ["--bundle", "policyctl.tar.gz", "webhook"]
    quiet = ["--log-level", "error", "--skip-version-check"]
    port, authority = free_port(), Authority(folder)
    authority.issue("server")
    tls = ["--addr", f"127.0.0.1:{port}", "--tls-cert-file", "server.crt", "--tls-private-key-file", "server.key"]
    command = [opening.opa_path(), "run", "--server", *bundles, *tls, *quiet]
    with started(command, folder, {**os.environ, **MEMORY}, port) as pid:
        yield Webhook(name, f"https://127.0.0.1:{port}/v0/data/measured/main", authority.file.read_bytes(), (pid,))


@contextmanager
def allowing(name: str, folder: Path) -> Iterator[Webhook]:
    """A webhook without any work."""
    folder.mkdir()
    port, authority = free_port(), Authority(folder)
    authority.issue("server")
    program = Path(__file__).with_name("allowing.py")
    command = [sys.executable, str(program), str(port), "server.crt", "server.key"]
    with started(command, folder, os.environ, port) as pid:
        yield Webhook(name, f"https://127.0.0.1:{port}/", authority.file.read_bytes(), (pid,))


def recorded_document(ledger: Path) -> dict[str, Any]:
    """The last document that was decided about, as OPA was sent it."""
    with open_ledger(str(ledger), readonly=True) as opened:
        (entry,) = opened.entries("decision", limit=1, newest_first=True)
        document = json.loads(opened.blob(json.loads(opened.body(entry.id))["blobs"]["document"]))
    return cut(document, Cut.of(_bundle().catalog, KIND))


_MAIN = """package measured

main := {
	"apiVersion": "admission.k8s.io/v1",
	"kind": "AdmissionReview",
	"response": {
		"uid": input.request.uid,
		"allowed": decision.outcome != "deny",
		"warnings": [told | some id, found in decision.findings; told := sprintf("%s: %s", [id, found[0].message])],
		"auditAnnotations": {"outcome": decision.outcome, "controls": concat(",", object.keys(decision.findings))},
	},
}

decision := decided if {
	document := object.union(data.measured.document, {"subject": {"id": id, "path": id}})
	decided := data.policyctl.main.decision with input as document
}

id := concat("/", ["cluster", input.request.namespace, input.request.kind.kind, input.request.name])
"""


def _bundle() -> Any:
    return library.load((library.own_root(),), opening.opa_path).bundle


def _rules() -> bytes:
    """The part of the bundle that policyctl sends its own OPA for this kind and profile."""
    bundle = _bundle()
    return part(bundle, list(bundle.catalog["profiles"][PROFILE]["kinds"][KIND]["enforcement"]))


@contextmanager
def started(command: list[str], folder: Path, environment: Mapping[str, str], port: int) -> Iterator[int]:
    """The process id of a server, once it listens. Ended afterwards."""
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{command[0]} does not listen: {(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
