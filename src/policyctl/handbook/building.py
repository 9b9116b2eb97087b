"""Writes the handbook of controls as Markdown, and has MkDocs make a site of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import yaml

from policyctl import joining, library, opening
from policyctl.catalog.coverage import coverage
from policyctl.handbook.history import history
from policyctl.handbook.overview import index, matrix
from policyctl.handbook.page import Facts, page
from policyctl.handbook.showing import shown
from policyctl.model.catalog import Catalog, Control
from policyctl.model.errors import InputError, UsageError
from policyctl.mutating.sought import subjects
from policyctl.settings import Settings
from policyctl.workbench.examples import examples_of

TITLE: Final = "Controls for AI compliance"


def write(settings: Settings, scores: Mapping[str, float], as_of: str, folder: Path) -> None:
    """The pages and mkdocs.yml. Raises InputError for an example that cannot be read, UsageError for a folder that cannot be written."""
    roots = library.roots(settings.content)
    loaded = library.load(roots, opening.opa_path)
    catalog = loaded.bundle.catalog
    opa = opening.opa_path()
    claims = {subject.id: [name for _, name in subject.test_rules] for subject in subjects(roots, [], opa)}
    pages = {"index.md": index(TITLE, catalog["controls"].values(), scores)}
    rows = coverage(roots, catalog["edges"])
    for id, framework in catalog["frameworks"].items():
        pages[f"frameworks/{id}.md"] = matrix(framework, [row for row in rows if row.framework == id], scores)
    with opening.start(settings, loaded, frozenset(catalog["controls"])) as engine:
        for id, control in sorted(catalog["controls"].items()):
            listed = examples_of(control, roots)
            facts = Facts(
                control=control,
                clauses=joining.clauses_of(catalog, id),
                frameworks=catalog["frameworks"],
                reads=catalog["reads"][id],
                enforcement=_enforcement(catalog, id),
                examples=tuple(shown(listed, engine, catalog, as_of)),
                claims=claims[id],
                score=scores.get(id),
                history=_history(control, roots),
            )
            pages[f"controls/{id}.md"] = page(facts)
    try:
        for name, text in pages.items():
            (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "docs" / name).write_text(text)
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(_configuration(catalog), sort_keys=False))
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error


def build(folder: Path, site: Path) -> None:
    """Makes the site. Raises UsageError where MkDocs is not installed, InputError where it fails."""
    if find_spec("mkdocs") is None or find_spec("material") is None:
        raise UsageError("MkDocs is not installed here", hint="pip install 'policyctl[docs]'")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--clean"]
    options = ["--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site.resolve())]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(f"MkDocs failed: {(done.stderr or done.stdout).strip()[-2000:]}", hint="see its message")


def _enforcement(catalog: Catalog, id: str) -> list[tuple[str, str]]:
    words = {
        profile: kind["enforcement"][id]
        for profile, resolved in catalog["profiles"].items()
        for kind in resolved["kinds"].values()
        if id in kind["enforcement"]
    }
    return sorted(words.items())


def _history(control: Control, roots: tuple[Path, ...]) -> list[tuple[str, str]]:
    name = Path(control["family"], control["name"])
    for root in roots:
        entry = root / "controls_catalog" / name.with_suffix(".yaml")
        if entry.is_file():
            return history(root, [entry, root / "rego/policyctl/controls" / name])
    return []


def _configuration(catalog: Catalog) -> dict[str, Any]:
    """Nothing is fetched from elsewhere when a page is read: no fonts, no analytics."""
    controls = sorted(catalog["controls"].values(), key=lambda c: (c["family"], c["id"]))
    families: dict[str, list[dict[str, str]]] = {}
    for control in controls:
        families.setdefault(control["family"].replace("_", " "), []).append(
            {f"{control['id']} {control['title']}": f"controls/{control['id']}.md"}
        )
    frameworks = [{f["title"]: f"frameworks/{id}.md"} for id, f in catalog["frameworks"].items()]
    return {
        "site_name": TITLE,
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.prune", "toc.follow", "content.code.copy"],
        },
        "plugins": ["search"],
        "markdown_extensions": [
            "tables",
            {"toc": {"permalink": True}},
            {"pymdownx.highlight": {"auto_title": False}},
            "pymdownx.superfences",
        ],
        "nav": [
            {"All controls": "index.md"},
            {"Frameworks": frameworks},
            {"Controls": [{f: c} for f, c in families.items()]},
        ],
    }
