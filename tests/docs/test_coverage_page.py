"""docs/coverage.md says of each clause what the mappings say, and of each control a score. That these are right is measured elsewhere."""

from __future__ import annotations

import re
import runpy

from tests.conftest import ROOT

PAGE = (ROOT / "docs/coverage.md").read_text()
SCORE = re.compile(r", \d+\.\d %(?=\))")


def test_the_page_is_what_the_mappings_say() -> None:
    written = runpy.run_path(str(ROOT / "docs/coverage.py"))["page"](())
    assert SCORE.sub("", PAGE) == written, "run: make docs"


def test_each_control_has_its_score() -> None:
    named = re.findall(r"[A-Z]{3}-\d{3} \((?:full|part|supports)[^)]*\)", PAGE)
    assert len(named) > 500
    assert [one for one in named if not SCORE.search(one)] == []
