"""`policyctl control`: the controls, and whether their parts agree."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.control_docs import docs
from policyctl.cli.control_facts import facts
from policyctl.cli.control_mutate import mutate
from policyctl.cli.control_new import new
from policyctl.cli.control_tests import erode, run_tests
from policyctl.cli.control_try import try_control
from policyctl.cli.output import emit, emit_json, emit_rows, one_of
from policyctl.model.errors import UsageError

app = typer.Typer(help="The controls of the catalog.", no_args_is_help=True)
app.command(
    "new",
    epilog="Example: policyctl control new supply_chain/own_registry --id ORG-001 --title 'Images come from our registry' "
    "--kind kubernetes_object --severity high --clause none",
)(new)
app.command("test", epilog="Example: policyctl control test security/serving_encryption --coverage")(run_tests)
app.command("try", epilog="Example: policyctl control try OPS-002 examples/kubernetes/vllm-deployment.yaml")(
    try_control
)
app.command("facts", epilog="Example: policyctl control facts --kind model --source release.yaml --output json")(facts)
app.command("erode", epilog="Example: policyctl control erode data/bucket_versioning")(erode)


@app.command("list", epilog="Example: policyctl control list --family security --output json")
def list_controls(
    family: Annotated[str | None, typer.Option("--family", help="Only this family.")] = None,
    profile: options.Profile = None,
    output: options.TextOrJson = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """List the controls, with what the profile does with each."""
    one_of(output, "table", "json")
    from policyctl import catalog_access, joining
    from policyctl.model.catalog import basis_of

    catalog, chosen = catalog_access.catalog_and_profile({"profile": profile, "trusted_config": trusted_config})
    families = sorted({c["family"] for c in catalog["controls"].values()})
    if family is not None and family not in families:
        raise UsageError(f"no family {family!r}", hint=f"one of {', '.join(families)}")
    enforcement = {id: word for kind in chosen["kinds"].values() for id, word in kind["enforcement"].items()}
    controls = [c for _, c in sorted(catalog["controls"].items()) if family in (None, c["family"])]
    if output == "json":
        plain = [
            {
                **c,
                "basis": basis_of(c),
                "enforcement": enforcement.get(c["id"]),
                "clauses": joining.clauses_of(catalog, c["id"]),
            }
            for c in controls
        ]
        emit_json({"controls": plain})
        return
    rows = [
        (c["id"], c["severity"], enforcement.get(c["id"], "-"), basis_of(c), ", ".join(c["kinds"]), c["title"])
        for c in controls
    ]
    emit_rows(("ID", "SEVERITY", chosen["id"].upper(), "BASIS", "KIND", "TITLE"), rows)


@app.command("show", epilog="Example: policyctl control show SEC-001")
def show(id: Annotated[str, typer.Argument(metavar="CONTROL")], output: options.TextOrJson = "table") -> None:
    """Show one control: why it is there, what it reads, the clauses it serves, its parameters, and how to put things right."""
    one_of(output, "table", "json")
    from policyctl import catalog_access, joining
    from policyctl.model.catalog import basis_of
    from policyctl.reports import control_text

    catalog, _ = catalog_access.catalog_and_profile({})
    control = catalog_access.control(catalog, id)
    clauses = joining.clauses_of(catalog, control["id"])
    if output == "json":
        emit_json({**control, "basis": basis_of(control), "clauses": clauses, "reads": catalog["reads"][control["id"]]})
        return
    emit(control_text.render(control, clauses, catalog["reads"][control["id"]]))


@app.command("lint", epilog="Example: policyctl control lint")
def lint(output: options.TextOrJson = "table", trusted_config: options.TrustedConfig = None) -> None:
    """Say where catalog, mappings, profiles and rules disagree. Exit code 1 when they do."""
    one_of(output, "table", "json")
    from policyctl import linting, opening, settings

    loaded = settings.load({"trusted_config": trusted_config})
    linted = linting.lint_own(loaded.content, opening.opa_path(), loaded.profiles)
    if output == "json":
        emit_json({"problems": linted.problems, "unmapped": linted.unmapped})
    else:
        emit("\n".join(linted.problems) if linted.problems else "the content holds together")
        if linted.unmapped:
            emit(f"no clause is mapped to {', '.join(linted.unmapped)}: laws and standards do not count them")
    raise typer.Exit(1 if linted.problems else 0)


app.command("docs", epilog="Example: policyctl control docs site")(docs)
app.command("mutate", epilog="Example: policyctl control mutate SEC-001 --min 95")(mutate)
