"""Facts that a version's files show: `artefact`, `signature`, `requirements`, `card`. What cannot be read is a gap."""

from __future__ import annotations

from typing import Final

from policyctl.collectors.mlflow.artefacts import Folder, hashed
from policyctl.collectors.mlflow.mlmodel import DESCRIPTION, add_signature
from policyctl.collectors.python_requirements import REQUIREMENTS, add_requirements
from policyctl.collectors.registries.cards import add_card, card_among
from policyctl.model.document import Collected
from policyctl.model.errors import InputError
from policyctl.model.gathered import Gathered

HIDDEN: Final = ("artefact.files", "artefact.sha256", "signature", "requirements", "card")
"""What is not known where the files cannot be read."""


def read_files(folder: Folder, gathered: Gathered, id: str) -> Collected | None:
    """Adds what the model's own files show; gives the card among them."""
    source = f"{id}: files"
    try:
        files, answer = folder.files()
        card = card_among(file.path for file in files)
        artefact, contents = hashed(folder, files, {DESCRIPTION, REQUIREMENTS, card or DESCRIPTION})
    except InputError as error:
        gathered.missed(source, error, HIDDEN)
        return None
    gathered.add(source, answer.stamp, {"artefact": artefact}, looked=("card", "requirements", "signature"))
    if DESCRIPTION in contents:
        add_signature(gathered, contents[DESCRIPTION], f"{id}/{DESCRIPTION}", answer.stamp.time)
    if REQUIREMENTS in contents:
        add_requirements(gathered, contents[REQUIREMENTS], f"{id}/{REQUIREMENTS}", answer.stamp.time)
    return (
        add_card(gathered, contents[card], card, f"{id}/{card}", answer.stamp.time, in_artefact=True) if card else None
    )
