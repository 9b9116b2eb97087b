"""PolicyReports: what dashboards of a cluster show of a scan, as counts. The results themselves are in the ledger.

Source: the Kubernetes policy working group's PolicyReport API, wgpolicyk8s.io/v1alpha2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.applying import apply, delete, named
from policyctl.admission.scanning.scanned import Row, Scanned, Word
from policyctl.model.catalog import Catalog

_VERSION = "wgpolicyk8s.io/v1alpha2"
_LABELS = {"app.kubernetes.io/managed-by": "policyctl"}
_NAME = "policyctl"
_NAMED = 5
"""Objects that a result names; how many there are it says, too."""
_WORDS: tuple[Word, ...] = ("pass", "fail", "warn", "error", "skip")


def write(api: Api, scanned: Scanned, catalog: Catalog, *, whole: bool) -> Iterator[str]:
    """Applies a report for each namespace, and one for what has none; a line for each. Nothing where their CRD is not installed.

    `whole`: all namespaces were scanned, so that a report of ours about another is out of date and deleted. Raises ApiError.
    """
    if not _is_installed(api):
        return
    by_namespace: dict[str, list[Row]] = {}
    for row in scanned.rows:
        if row.outcome not in ("none", "not read"):
            by_namespace.setdefault(row.namespace, []).append(row)
    for namespace, rows in sorted(by_namespace.items()):
        report = _report(namespace, rows, catalog)
        apply(api, report)
        yield f"{named(report)}: written"
    for report in _earlier(api) if whole else ():
        if report["metadata"].get("namespace", "") not in by_namespace:
            yield f"{named(report)}: {delete(api, report)}"


def _report(namespace: str, rows: Sequence[Row], catalog: Catalog) -> dict[str, Any]:
    summary = Counter(dict.fromkeys(_WORDS, 0))
    by_result: dict[tuple[str, Word], list[Row]] = {}
    for row in rows:
        summary["pass"] += row.passed
        for control, word in row.words():
            summary[word] += 1
            by_result.setdefault((control, word), []).append(row)
    return {
        "apiVersion": _VERSION,
        "kind": "PolicyReport" if namespace else "ClusterPolicyReport",
        "metadata": {"name": _NAME, "labels": _LABELS, **({"namespace": namespace} if namespace else {})},
        "summary": dict(summary),
        "results": [
            _result(catalog["controls"][control], word, found) for (control, word), found in sorted(by_result.items())
        ],
    }


def _result(control: Mapping[str, Any], word: Word, rows: Sequence[Row]) -> dict[str, Any]:
    shown = ", ".join(sorted(row.path.split("/", 2)[2] for row in rows)[:_NAMED])
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return {
        "source": _NAME,
        "policy": control["id"],
        "category": control["family"],
        "severity": control["severity"],
        "result": word,
        "scored": word == "fail",
        "message": f"{control['title']}: {shown}{more}",
        "properties": {"objects": str(len(rows))},
    }


def _is_installed(api: Api) -> bool:
    try:
        api.get(f"/apis/{_VERSION}", {})
    except ApiError as error:
        if error.status != 404:
            raise
        return False
    return True


def _earlier(api: Api) -> Iterator[dict[str, Any]]:
    selector = ",".join(f"{key}={value}" for key, value in _LABELS.items())
    for plural, kind in (("policyreports", "PolicyReport"), ("clusterpolicyreports", "ClusterPolicyReport")):
        for item in api.get(f"/apis/{_VERSION}/{plural}", {"labelSelector": selector})["items"]:
            if item["metadata"]["name"] == _NAME:
                yield {"apiVersion": _VERSION, "kind": kind, **item}
