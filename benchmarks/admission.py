"""Creating Deployments at a real API server: without a webhook, with policyctl, and with webhooks to compare it with.

All of it runs at once at one API server, in a namespace for each, which are written to in turn: the ratios of one round say more than
times. The client is a small Go program, which costs less of the processors than one in Python would.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gatekeeper
import peers
import processes
import webhooks
import yaml
from peers import FOLDER
from starts import ROOT

from policyctl.admission.webhook import configuration
from tests.kube.server import Kube
from tests.kube.server import running as kube_running

MANIFEST = ROOT / "examples/kubernetes/vllm-deployment.yaml"
AT_ONCE = (1, 16, 64)
ROUNDS, SECONDS = 3, 6.0
NONE, OURS, POSTGRES = "no webhook", "policyctl, SQLite", "policyctl, PostgreSQL"
PLAIN, FLOOR, PEER = "plain OPA", "allowing everything", "Gatekeeper"
CONTROLS = 15
"""All that the library has for Kubernetes objects, and as many constraints."""


@dataclass(frozen=True)
class Run:
    """Some seconds of creating: milliseconds of each creation; processor seconds of the webhook, of API server and etcd, and of the
    client; MiB of the webhook.
    """

    times: list[float]
    seconds: float
    processor: float
    memory: float
    client: float
    cluster: float

    @property
    def rate(self) -> float:
        """Creations a second."""
        return len(self.times) / self.seconds

    def percentile(self, part: int) -> float:
        """In milliseconds."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[part - 1]


def section(environment: Mapping[str, str]) -> str:
    """All that is measured, as a section of the results."""
    client = _client()
    with tempfile.TemporaryDirectory(prefix="admission-") as place, kube_running() as kube, ExitStack() as stack:
        folder = Path(place)
        own = stack.enter_context(webhooks.ours(OURS, folder / "ours", environment))
        bench = Bench(client, kube)
        bench.join(own)
        document = webhooks.recorded_document(folder / "ours" / "ledger.db")
        for webhook in (
            webhooks.plain_opa(PLAIN, folder / "plain", document),
            webhooks.allowing(FLOOR, folder / "floor"),
            webhooks.with_postgres(POSTGRES, folder / "postgres", environment),
        ):
            bench.join(stack.enter_context(webhook))
        bench.join(stack.enter_context(gatekeeper.gatekeeper(PEER, folder / "gatekeeper", kube, CONTROLS)))
        parts = [f"### {count} at once\n\n{_table(bench.measured(count))}\n" for count in AT_ONCE]
        bench.require_all_asked()
    told = (
        f"Copies of one AI workload that {webhooks.PROFILE} warns about ({MANIFEST.name}, {CONTROLS} controls, all that "
        f"the library has for Kubernetes objects: rules of other kinds are not loaded), {ROUNDS} rounds of "
        f"{SECONDS:g} s, in turn at one API server; medians of the rounds, the least and the most in brackets; milliseconds, of "
        "the processors for each creation. The client, a Go program, the API server and etcd run on the same processors. Plain "
        "OPA has the same rules, decides about facts that are given to it, and records nothing; ratios are to it, of one round each. "
        f"Gatekeeper ({peers.GATEKEEPER.rpartition('@')[2]}) has {CONTROLS} constraints: those that "
        "`bundle export gatekeeper` gives it, each some times."
    )
    return f"## Admission\n\n{told}\n\n" + "\n".join(parts)


class Bench:
    """One API server with a namespace for each webhook that joins, and one without."""

    def __init__(self, client: str, kube: Kube) -> None:
        self._client, self._kube = client, kube
        config = yaml.safe_load(kube.kubeconfig.read_text())
        self._server = config["clusters"][0]["cluster"]["server"]
        self._token = config["users"][0]["user"]["token"]
        self._webhooks: dict[str, webhooks.Webhook | None] = {}
        self._created: dict[str, int] = {}
        object = yaml.safe_load(MANIFEST.read_text())
        object["metadata"]["name"] = "NAME"
        self._object = json.dumps(object)
        self._add(NONE, None)

    def join(self, webhook: webhooks.Webhook) -> None:
        """From now on it is asked about its own namespace: once this returns, about each creation in it."""
        self._add(webhook.name, webhook)
        made = configuration({"url": webhook.url}, webhook.ca, untouched=(), seconds=30)
        (asked, *_) = made["webhooks"]
        labels = {"matchLabels": {"measured": _slug(webhook.name)}}
        client = {**asked["clientConfig"], "url": webhook.url}
        asked |= {"name": f"{_slug(webhook.name)}.bench.example", "namespaceSelector": labels, "clientConfig": client}
        made |= {"metadata": {"name": _slug(webhook.name)}, "webhooks": [asked]}
        self._kube.apply(made)
        while not self._asked(webhook.name):
            self._create(webhook.name, 1, 0.2)
        self._created[webhook.name] = 0
        self._before = {**getattr(self, "_before", {}), webhook.name: self._asked(webhook.name)}
        self._create(webhook.name, 16, 3)

    def measured(self, at_once: int) -> dict[str, list[Run]]:
        """The rounds of each."""
        runs: dict[str, list[Run]] = {name: [] for name in self._webhooks}
        for number in range(ROUNDS):
            for name, webhook in self._webhooks.items():
                sys.stderr.write(f"bench: round {number + 1} of {ROUNDS}, {at_once} at once: {name}\n")
                runs[name].append(self._run(name, webhook, at_once))
        return runs

    def require_all_asked(self) -> None:
        """Ends the program unless the API server says that each webhook was asked about each creation."""
        for name, webhook in self._webhooks.items():
            if webhook and (asked := self._asked(name) - self._before[name]) != self._created[name]:
                raise SystemExit(f"{name} was asked {asked} times about {self._created[name]} creations")

    def _add(self, name: str, webhook: webhooks.Webhook | None) -> None:
        self._webhooks[name] = webhook
        self._created[name] = 0
        metadata = {"name": _slug(name), "labels": {"measured": _slug(name)}}
        self._kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})

    def _run(self, name: str, webhook: webhooks.Webhook | None, at_once: int) -> Run:
        pids = [pid for root in webhook.pids for pid in processes.tree(root)] if webhook else []
        below = processes.tree(os.getpid())
        cluster = [*processes.named("kube-apiserver", below), *processes.named("etcd", below)]
        used, used_there = processes.processor(pids), processes.processor(cluster)
        told = self._create(name, at_once, SECONDS)
        spent, spent_there = processes.processor(pids) - used, processes.processor(cluster) - used_there
        return Run(told["ms"], told["seconds"], spent, processes.memory(pids), told["processor"], spent_there)

    def _create(self, name: str, at_once: int, seconds: float) -> Any:
        url = f"{self._server}/apis/apps/v1/namespaces/{_slug(name)}/deployments"
        prefix = f"m{sum(self._created.values())}-{os.urandom(3).hex()}"
        ran = subprocess.run(
            [self._client, url, prefix, str(at_once), str(seconds)],
            input=self._object,
            env={"KUBE_TOKEN": self._token},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise SystemExit(f"{name}: {ran.stderr}")
        told = json.loads(ran.stdout)
        self._created[name] += len(told["ms"])
        return told

    def _asked(self, name: str) -> int:
        """How often its webhook has answered, as the API server counts it."""
        told = self._kube.kubectl("get", "--raw", "/metrics").stdout
        line = (
            rf'^apiserver_admission_webhook_request_total{{code="200",name="{re.escape(_slug(name))}\.bench.*}} (\S+)$'
        )
        return int(sum(float(count) for count in re.findall(line, told, re.MULTILINE)))


def _client() -> str:
    """The program that creates, built anew: Go keeps what did not change."""
    FOLDER.mkdir(exist_ok=True)
    program = FOLDER / "creating"
    subprocess.run(["go", "build", "-o", str(program), str(ROOT / "benchmarks/creating/main.go")], check=True)
    return str(program)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower())


def _table(measured: Mapping[str, Sequence[Run]]) -> str:
    head = [
        "webhook",
        "creations/s",
        "ratio",
        "p50",
        "p95",
        "p99",
        "ratio",
        "processor",
        "API server, etcd",
        "client",
        "MiB",
    ]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    plain = measured[PLAIN]
    for name, runs in measured.items():
        rates = [run.rate / other.rate for run, other in zip(runs, plain, strict=True)]
        tails = [run.percentile(99) / other.percentile(99) for run, other in zip(runs, plain, strict=True)]
        p50, p95 = (statistics.median(run.percentile(part) for run in runs) for part in (50, 95))
        each = [[spent / len(run.times) * 1000 for spent in (run.processor, run.cluster, run.client)] for run in runs]
        row = [name, _spread([run.rate for run in runs], 0), _spread(rates, 2), f"{p50:.1f}", f"{p95:.1f}"]
        row += [_spread([run.percentile(99) for run in runs], 1), _spread(tails, 2)]
        row += [f"{statistics.median(column):.2f}" for column in zip(*each, strict=True)]
        row.append(f"{max(run.memory for run in runs):.0f}")
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def _spread(values: Sequence[float], digits: int) -> str:
    """The median, and the least and the most."""
    low, middle, high = (f"{value:.{digits}f}" for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low}-{high})"
