"""Explains one finding of the ledger: the rule that found it, what stands there, and the clauses it is about."""

from __future__ import annotations

import io
import json
import tarfile
from typing import Any

from policyctl import joining, recording, settings
from policyctl.bundles.build import unpack
from policyctl.ledger import Entry, Ledger, open_ledger
from policyctl.model.catalog import Catalog
from policyctl.model.document import Path
from policyctl.model.errors import UsageError
from policyctl.model.report import ControlFacts, Explained


def finding(ledger: str | None, id: str) -> Explained:
    """The latest decision's finding of this id. Raises UsageError when the ledger holds none."""
    with open_ledger(recording.address(settings.load({"ledger": ledger})), readonly=True) as opened:
        for entry in opened.entries(recording.KIND, newest_first=True):
            body = json.loads(opened.body(entry.id))
            for control, found in body["answer"]["findings"].items():
                for one in found:
                    if one["id"] == id:
                        return _explained(opened, entry, body, control, one)
    raise UsageError(
        f"no finding {id} in the ledger",
        hint="run check first, or name the --ledger; ids stand in brackets behind the findings",
    )


def _explained(ledger: Ledger, entry: Entry, body: dict[str, Any], control: str, found: dict[str, Any]) -> Explained:
    bundle = unpack(ledger.blob(body["blobs"]["bundle"]))
    document = json.loads(ledger.blob(body["blobs"]["document"]))
    catalog: Catalog = bundle.catalog
    facts = joining.control_facts(catalog, control)
    location = joining.recorded_locate(body["locations"])(found["resource"], tuple(found.get("path", ())))
    bound = body["answer"].get("bindings", {}).get(control, {})
    parameters = document["profile"]["parameters"].get(facts["family"], {}).get(facts["name"], {})
    return Explained(
        entry=entry.id,
        time=entry.time,
        subject=body["subject"]["id"],
        finding=found,
        control=facts,
        place=str(location) if location else body["subject"]["path"],
        actual=_actual(document, found),
        rule=catalog["controls"][control].get("source") or _rule(bundle.archive, facts, found["code"]),
        enforcement=bound.get("action", document["profile"]["enforcement"][control]),
        parameters=parameters,
        system=document["system"]["id"] if document["system"].get("established") else "",
        waiver=next((one for one in document["waivers"] if one["id"] == found.get("waiver")), None),
        longest_waiver=document["profile"].get("waivers", {}).get(facts["severity"], 0),
    )


def _actual(document: dict[str, Any], found: dict[str, Any]) -> str:
    """What stands at the finding's path; what was masked stays so. Paths are relative to the resource, or to the object."""
    facts = document["facts"]
    roots: list[Any] = [
        r for listed in facts.get("resources", {}).values() for r in listed if r["address"] == found["resource"]
    ]
    for root in (*roots, facts.get("object"), facts, {"attested": document["attested"]}):
        value = _at(root, tuple(found.get("path", ())))
        if value is not None and found.get("path"):
            return json.dumps(value, ensure_ascii=False)[:400]
    return ""


def _at(node: Any, path: Path) -> Any:
    for key in path:
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def _rule(archive: bytes, control: ControlFacts, code: str) -> str:
    """The file and line of the rule that reports this code, in the bundle's own source."""
    file = f"policyctl/controls/{control['family']}/{control['name']}/{control['name']}.rego"
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        stream = tar.extractfile(file)
        lines = stream.read().decode().splitlines() if stream else []
    line = next((number for number, text in enumerate(lines, start=1) if f'"{code}"' in text), 1)
    return f"rego/{file}:{line}"
