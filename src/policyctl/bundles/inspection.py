"""What a bundle is and holds, for somebody who has only its archive."""

from __future__ import annotations

import hashlib
from typing import Any

from policyctl.bundles.build import SCHEMAS, Bundle
from policyctl.bundles.portable import KIND, NOT_PORTABLE
from policyctl.bundles.signature import claimed


def inspected(bundle: Bundle) -> dict[str, Any]:
    """Plain values: identity, number, what the signature says of itself (None: unsigned), counts, and the files with their digests.

    `portable`: the controls of Kubernetes objects that an OPA alone can decide by, and of the others why it cannot.
    `digest` is SHA-256 of the archive, in hex, `bytes` its length. Raises UntrustedBundle for a signature that cannot be read.
    """
    signature, catalog = claimed(bundle.files), bundle.catalog
    return {
        "name": bundle.identity.name,
        "revision": bundle.identity.revision,
        "digest": bundle.identity.sha256,
        "bytes": len(bundle.archive),
        "sequence": bundle.sequence,
        "signature": signature and {"algorithm": signature.algorithm, "key": signature.key},
        "counts": {
            "controls": len(catalog["controls"]),
            "attested": sum("statement" in control for control in catalog["controls"].values()),
            "profiles": len(catalog["profiles"]),
            "frameworks": len(catalog["frameworks"]),
            "clauses": sum(map(len, catalog["clauses"].values())),
            "mappings": sum(len(edges) for by_control in catalog["edges"].values() for edges in by_control.values()),
            "rules": sum(path.endswith(".rego") for path in bundle.files),
            "schemas": sum(path.startswith(SCHEMAS) for path in bundle.files),
        },
        "portable": _portable(catalog),
        "files": [
            {"path": path, "bytes": len(text), "sha256": hashlib.sha256(text).hexdigest()}
            for path, text in sorted(bundle.files.items())
        ],
    }


def _portable(catalog: Any) -> dict[str, Any]:
    """An older bundle has none, and lists none as left out."""
    without = catalog.get(NOT_PORTABLE)
    if without is None:
        return {"controls": [], "left_out": {}}
    return {"controls": sorted(set(catalog["index"][KIND]) - set(without)), "left_out": without}
