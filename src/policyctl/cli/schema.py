"""`policyctl schema`: what editors need to know of the files that people write."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli.output import emit_json

EXAMPLE = "Example: policyctl schema control > control.schema.json"


def schema(
    name: Annotated[
        str,
        typer.Argument(
            help="control, mapping, profile, attestations, waivers, configuration (policyctl.yaml) or system."
        ),
    ],
) -> None:
    """Print the JSON Schema of a file that people write, for editors: unknown keys and wrong values show while typing."""
    from policyctl import catalog_access, written

    emit_json(written.schema(name, lambda: catalog_access.catalog_and_profile({})[0]["classification"]))
