"""Every link between documents leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs.documents import DOCUMENTS, anchors, links, shown


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_links_resolve(document: Path) -> None:
    broken = [link for link in links(document) if not link.startswith("https://") and not _resolves(document, link)]

    assert broken == []


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        local = {(document.parent / link.partition("#")[0]).resolve() for link in links(document) if "://" not in link}
        waiting += sorted(path for path in local if path in DOCUMENTS and path not in reached)

    assert [shown(document) for document in DOCUMENTS if document not in reached] == [], "run: make docs"


def _resolves(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    return target.exists() and (not anchor or anchor in anchors(target))
