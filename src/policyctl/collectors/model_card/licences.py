"""Licence ids as SPDX expressions."""

from __future__ import annotations

from typing import Final

_HUGGING_FACE: Final = {
    "c-uda": "C-UDA-1.0",
    "lgpl-lr": "LGPLLR",
    "odbl": "ODbL-1.0",
    "odc-by": "ODC-By-1.0",
    "pddl": "PDDL-1.0",
}
"""Ids of Hugging Face's list that name one SPDX licence in other words. Those of families (bsd, cc, gpl …) name none.

Source: Hugging Face Hub documentation, "Licenses"; SPDX licence list.
"""


def spdx_of(identifier: str) -> str | None:
    """The SPDX expression that `identifier` stands for, in SPDX's spelling; None when it stands for none.

    Upper and lower case do not matter. The licence list is that of the `packaging` library, which follows SPDX.
    "LicenseRef-…" is an expression but names no licence, so it gives None.
    """
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    known = _HUGGING_FACE.get(identifier.lower())
    if known:
        return known
    if len(identifier) > 200:
        return None
    try:
        expression = canonicalize_license_expression(identifier)
    except InvalidLicenseExpression:
        return None
    return None if "licenseref-" in expression.lower() else str(expression)
