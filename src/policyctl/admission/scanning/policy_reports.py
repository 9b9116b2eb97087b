"""PolicyReports: what dashboards of a cluster show of a scan, as counts. The results themselves are in the ledger.

Source: the Kubernetes policy working group's PolicyReport API, wgpolicyk8s.io/v1alpha2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.applying import apply, delete, named
from policyctl.admission.scanning.reading import Unlisted
from policyctl.admission.scanning.scanned import Row, Scanned, Word
from policyctl.model.catalog import Catalog

_VERSION = "wgpolicyk8s.io/v1alpha2"
_LABELS = {"app.kubernetes.io/managed-by": "policyctl"}
_NAME = "policyctl"
_NAMED = 5
"""Objects that a result names; how many there are it says, too."""
_WORDS: tuple[Word, ...] = ("pass", "fail", "warn", "error", "skip")


def write(api: Api, scanned: Scanned, catalog: Catalog, namespaces: Sequence[str] = ()) -> Iterator[str]:
    """Applies a report for each namespace, and one for what has none; a line for each. Nothing where their CRD is not installed.

    `namespaces`: only these were scanned. An earlier report about what was scanned says what is not known now, or is deleted where
    nothing is left to say. Raises ApiError.
    """
    if not _is_installed(api):
        return
    by_namespace: dict[str, list[Row]] = {}
    for row in scanned.rows:
        if row.outcome != "none":
            by_namespace.setdefault(row.namespace, []).append(row)
    earlier = {report["metadata"].get("namespace", ""): report for report in _earlier(api)}
    scope = {*namespaces} or {*by_namespace, *earlier, ""}
    for namespace in sorted(scope):
        rows = by_namespace.get(namespace, ())
        unlisted = [one for one in scanned.unlisted if one.namespace in ("", namespace)]
        if rows or unlisted:
            report = _report(namespace, rows, unlisted, catalog)
            try:
                apply(api, report)
            except ApiError as error:
                if not namespace or error.status != 404:
                    raise
                yield f"{named(report)}: the namespace is gone"
            else:
                yield f"{named(report)}: written"
        elif namespace in earlier:
            yield f"{named(earlier[namespace])}: {delete(api, earlier[namespace])}"


def _report(namespace: str, rows: Sequence[Row], unlisted: Sequence[Unlisted], catalog: Catalog) -> dict[str, Any]:
    summary = Counter(dict.fromkeys(_WORDS, 0))
    by_result: dict[tuple[str, Word], list[Row]] = {}
    unread = [row for row in rows if row.problem]
    for row in rows:
        summary["pass"] += row.passed
        for control, word in row.words():
            summary[word] += 1
            by_result.setdefault((control, word), []).append(row)
    summary["error"] += len(unread) + len(unlisted)
    return {
        "apiVersion": _VERSION,
        "kind": "PolicyReport" if namespace else "ClusterPolicyReport",
        "metadata": {"name": _NAME, "labels": _LABELS, **({"namespace": namespace} if namespace else {})},
        "summary": dict(summary),
        "results": [
            *_unknown("not read", "cannot be read", [row.path.split("/", 2)[2] for row in unread]),
            *_unknown("not listed", "cannot be listed", [one.kind for one in unlisted]),
            *(_result(control, word, catalog, found) for (control, word), found in sorted(by_result.items())),
        ],
    }


def _unknown(policy: str, what: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What no control has seen: a report without it would look as good as one of objects without defects."""
    if names:
        told = {"source": _NAME, "policy": policy, "result": "error", "scored": False}
        yield {**told, "message": f"{what}: {_few(names)}", "properties": {"objects": str(len(names))}}


def _result(id: str, word: Word, catalog: Catalog, rows: Sequence[Row]) -> dict[str, Any]:
    control = catalog["controls"][id]
    return {
        "source": _NAME,
        "policy": id,
        "category": control["family"],
        "severity": control["severity"],
        "result": word,
        "scored": word == "fail",
        "message": f"{control['title']}: {_few([row.path.split('/', 2)[2] for row in rows])}",
        "properties": {"objects": str(len(rows))},
    }


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(sorted(names)[:_NAMED])}{more}"


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
