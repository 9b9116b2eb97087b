"""The text of a first release record. What people have to say stands behind a # and without a value: nothing is said that nobody said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from textwrap import indent
from typing import Any, Final

from policyctl.model.document import Collected
from policyctl.model.facts.release import ReleaseRecord, StatedBase
from policyctl.model.printable import quiet_json
from policyctl.model.secrets import conceal

_HEAD: Final = """\
# What people state of one version of a model, beside what its sources tell. So far only names and digests stand here, as policyctl
# release init found them. The rest is for whoever knows it: take away the #, and write what is so.
policyctl: release
"""

_ARTEFACT: Final = """\
artefact:         # the SHA-256 over the version's files, which its sources do not tell (REL-007)
"""

_DATASET: Final = """\
licence:        # an SPDX expression, or the words by which the data may be used (DAT-016)
source:         # where the data come from, and how they were collected
personal_data:  # true or false
file:           # where the data lie, beside this record or below it: each check hashes them (DAT-015)
"""

_DATASETS: Final = "datasets:         # by the names that the run and the results give them\n  - name:\n" + indent(
    _DATASET, "    "
)

_TERMS: Final = """\
licence:  # an SPDX expression (SUP-015)
terms:    # a copy of the terms that somebody read
  - title:
    file:
    sha256:
"""

_REVISION: Final = "revision: # the one that the version was made from, by its commit (SUP-015)\n"

_PEOPLE: Final = """\
intended_use:     # what the version is for, in whole sentences (REL-011)
owner:            # who answers for the version (REL-010)
  name:           # a person or a team
  contact:        # an address of mail or of the web, or a telephone number
authors:          # the people who developed it, a list; none of them approves it (REL-009)
replaces:         # the version that is in use now; what was measured of it is compared (EVA-019)
rollback:         # the version to return to, by its number or digest (REL-012)

monitoring:       # how the version is watched in use (REL-013)
  owner:          # who watches it
  watched:        # what is watched, a list
  evidence:       # the documents that show it
    - title:
      file:
      sha256:

reviews:          # of the training data, for personal data (DAT-017), bias (DAT-018) and representativeness (DAT-019)
  - dataset:      # its name
    about:        # personal_data, bias or representativeness
    result:       # accepted, accepted_with_conditions or rejected
    by:           # the person who looked
    day:          # in the form 2027-03-01
    digest:       # of the data that they looked at
    evidence:     # what they wrote
      - title:
        file:
        sha256:

approvals:        # by everybody whom the profile asks: the owner and, of a high-risk system, a validator (REL-008)
  - role:         # owner or validator
    name:         # a person
    day:          # in the form 2027-03-01
    decision:     # approved or rejected
    artefact:     # the digest of the files that they looked at
"""


def derived(version: Collected, model: str, system: str) -> ReleaseRecord:
    """What a record about `model` states that its sources tell: names and digests, and nobody's judgement."""
    facts = version.facts
    used = [one["name"] for one in facts.get("datasets", [])]
    measured = [result["dataset"] for result in facts["evaluations"] if "dataset" in result]
    record: ReleaseRecord = {"id": _id_of(model), "system": system, "model": model}
    if digest := facts.get("artefact", {}).get("sha256"):
        record["artefact"] = digest
    if names := _written([*used, *measured]):
        record["datasets"] = [{"name": name} for name in names]
    if bases := _bases(facts.get("card", {}).get("facts", {}).get("base_models", [])):
        record["base_models"] = bases
    return record


def text_of(record: ReleaseRecord) -> str:
    """The record as YAML, with what is left to say after it, or below the entry that it is about."""
    text = _HEAD + "".join(f"{key}: {_quoted(record[key])}\n" for key in ("id", "system", "model"))
    if "sources" in record:
        text += f"sources: {_quoted(record['sources'])}\n"
    text += f"artefact: {_quoted(record['artefact'])}\n" if "artefact" in record else _left_open(_ARTEFACT)
    text += "\n"
    if "datasets" in record:
        text += "datasets:\n"
        for dataset in record["datasets"]:
            text += f"  - name: {_quoted(dataset['name'])}\n" + _left_open(_DATASET, 4)
    else:
        text += _left_open(_DATASETS)
    if "base_models" in record:
        text += "base_models:\n"
        for base in record["base_models"]:
            text += f"  - id: {_quoted(base['id'])}\n"
            text += f"    revision: {_quoted(base['revision'])}\n" if "revision" in base else _left_open(_REVISION, 4)
            text += _left_open(_TERMS, 4)
    return f"{text}\n{_left_open(_PEOPLE)}"


def _bases(of_card: Iterable[Any]) -> list[StatedBase]:
    revisions = {base["id"]: base.get("revision", "") for base in of_card}
    bases: list[StatedBase] = []
    for id in _written(revisions):
        bases.append({"id": id, "revision": revisions[id]} if _written([revisions[id]]) else {"id": id})
    return bases


def _written(names: Iterable[str]) -> list[str]:
    """Those that a record can say, each once: none that is blank or begins with a space, and none that holds a credential."""
    return [name for name in dict.fromkeys(names) if name and name == name.strip() and conceal("", name) == name]


def _id_of(model: str) -> str:
    """An id that holds nothing of `model` that ids do not."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", model.partition(":")[2] or model).strip("-.")[:128] or "release"


def _quoted(value: object) -> str:
    """Text or a list of texts as JSON, which is YAML too: whatever a registry calls things, no name is anything but a name."""
    return quiet_json(json.dumps(value, ensure_ascii=False))


def _left_open(block: str, columns: int = 0) -> str:
    return indent(block, f"{' ' * columns}# ")
