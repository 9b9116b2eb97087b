"""Where absence is good, over all controls of ours."""

from __future__ import annotations

from policyctl.catalog.reading import read_controls
from policyctl.library import own_root
from policyctl.workbench.absence import Absence, absences

ABSENCE_IS_GOOD: tuple[Absence, ...] = tuple(
    dict.fromkeys(one for c in read_controls((own_root(),)).values() for one in absences(c, (own_root(),)))
)
