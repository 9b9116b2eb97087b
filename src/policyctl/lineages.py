"""The history of every version of a model that a run has judged."""

from __future__ import annotations

from policyctl.lineage.graph import graph
from policyctl.lineage.marking import Marked, marked
from policyctl.model.catalog import Catalog
from policyctl.model.errors import InputError
from policyctl.model.report import Report


def of_report(report: Report, catalog: Catalog) -> list[Marked]:
    """One graph a version, in the order in which they were judged. Raises InputError where there is none."""
    subjects = {subject.subject["id"]: subject for entry in report.inputs for subject in entry.subjects}
    deployed = [subject for subject in subjects.values() if subject.kind == "kubernetes_object"]
    roots = []
    for decision in (one for one in report.decisions if one.kind == "model"):
        version = subjects[decision.body["subject"]["id"]]
        system = decision.body["system"].get("id", "")
        reads = [path[1:] for id in decision.answer["evaluated"] for path in catalog["reads"][id] if path[0] == "facts"]
        roots.append(marked(graph(version, system, deployed), decision.results, reads))
    if not roots and not any(entry.status == "error" for entry in report.inputs):
        raise InputError(
            "there is no version of a model in this", hint="name one: mlflow:NAME/VERSION, or a release record"
        )
    return roots
