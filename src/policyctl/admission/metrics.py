"""What `/metrics` tells Prometheus: requests by outcome, controls by status, times, the queue, and failures of OPA and ledger.

No label holds a name, a user or anything else that a request says of itself: their number is bounded by the catalog.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from policyctl.model.report import Decided

TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """The measures of one server. Safe for use by several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "policyctl_admission_requests",
            "AdmissionReviews, by operation and outcome: allow, warn, deny, none (no control looked), "
            "generated (let in on its owner's decision), not_judged, refused, error.",
            ("operation", "outcome"),
            registry=self._registry,
        )
        self.controls = Counter(
            "policyctl_control_results",
            "Results of controls that did not pass, by control and status.",
            ("control", "status"),
            registry=self._registry,
        )
        self.errors = Counter(
            "policyctl_admission_errors",
            "Requests without an answer, by what failed: request, engine, ledger, timeout, full, internal.",
            ("part",),
            registry=self._registry,
        )
        self.seconds = Histogram(
            "policyctl_admission_duration_seconds",
            "From the last byte of a request to its answer, recording included.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.judging = Histogram(
            "policyctl_admission_batch_duration_seconds",
            "To decide and record the requests that were judged together.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.waiting = Gauge("policyctl_admission_waiting", "Requests that wait to be judged.", registry=self._registry)
        self.spooled = Gauge(
            "policyctl_admission_spooled", "Batches of decisions that wait for the ledger.", registry=self._registry
        )
        self.let_through = Counter(
            "policyctl_admission_break_glass_uses",
            "Requests that were denied, and let through by a break-glass.",
            registry=self._registry,
        )
        self.break_glasses = Gauge(
            "policyctl_admission_break_glasses", "Break-glasses that are in force.", registry=self._registry
        )
        self.ready = Gauge("policyctl_admission_ready", "1 where /readyz says so, else 0.", registry=self._registry)

    def decided(self, decision: Decided) -> None:
        """Counts what a decision says of each control that fails or cannot tell, and, on record, what a break-glass let through."""
        if decision.id and "break_glass" in decision.body["context"]:
            self.let_through.inc()
        for result in decision.results:
            if result.status in ("fail", "undetermined"):
                self.controls.labels(result.control["id"], result.status).inc()

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self._registry)
