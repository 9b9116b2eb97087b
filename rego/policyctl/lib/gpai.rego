# METADATA
# scope: package
# description: |
#   What the controls of general-purpose AI models have in common: whether a model has systemic risk, and whether the exemption for free and
#   open-source models holds. No control logic. Reading of Articles 51(2), 52, 53(2), 54(6) and 55(1) of Regulation (EU) 2024/1689.
package policyctl.lib.gpai

import data.policyctl.lib.record

# METADATA
# description: |
#   The computation that training took against the 10^25 floating point operations of Art. 51(2): "over", "within", "absent" or "unclear".
#   Exactly as many are not over.
compute := "absent" if {
	_amount == null
} else := "over" if {
	_is_amount
	_amount.exponent > 25
} else := "over" if {
	_is_amount
	_amount.exponent == 25
	_amount.significand > 1
} else := "within" if {
	_is_amount
} else := "unclear"

# METADATA
# description: The computation as people write it, such as 3.8e25.
written_compute := sprintf("%ve%v", [_amount.significand, _amount.exponent])

# METADATA
# description: |
#   Whether the model has systemic risk: "yes", "no" or "unclear". A model over the threshold is presumed to have it, unless the Commission
#   accepted the arguments against; that one has none counts only with the computation that shows it.
systemic := "yes" if {
	stated_systemic == true
} else := "yes" if {
	compute == "over"
	not _arguments_accepted
} else := "no" if {
	stated_systemic == false
	compute in {"within", "over"}
} else := "unclear"

# METADATA
# description: Whether it is stated that the model has systemic risk; null where it is not.
default stated_systemic := null

stated_systemic := input.facts.systemic_risk.present

# METADATA
# description: |
#   Whether the duties from which free and open-source models are exempt fall away: "yes", "no" or "unclear". A claim that lacks
#   something exempts from nothing.
exempt := "no" if {
	count(open_source_defects) > 0
} else := {"yes": "no", "no": "yes", "unclear": "unclear"}[systemic]

# METADATA
# description: Whether the exemption is claimed.
default claims_open_source := false

claims_open_source if input.facts.open_source != "absent"

# METADATA
# description: |
#   What the claim lacks, by the keys of `open_source`; all where nothing is claimed. The licences are those that the Open Source
#   Initiative has approved and that models are published under.
open_source_defects contains "licence" if not _is_free

open_source_defects contains key if {
	some key in {"weights", "architecture", "usage"}
	not _is_link(key)
}

# METADATA
# description: Why it cannot be told whether a duty of models with systemic risk applies, as entries of `undetermined`.
systemic_doubts contains entry if {
	systemic == "unclear"
	some path, reason in _unclear_systemic
	entry := {"resource": input.facts.id, "path": [path], "reason": reason}
}

# METADATA
# description: |
#   Why it cannot be told whether a duty applies from which free and open-source models without systemic risk are exempt, as entries
#   of `undetermined`.
exemption_doubts contains entry if {
	exempt == "unclear"
	some entry in systemic_doubts
}

# METADATA
# description: |
#   The day by which a duty that begins on `day` is met at the latest: not before the duties applied (Art. 113, third paragraph, point (b)),
#   nor, for a model that was placed on the market before that, before the transition ends (Art. 111(3)). Null where `day` is none.
due(day) := max([day, "2027-08-02"]) if {
	record.is_day(day)
	record.is_day(placed)
	placed < "2025-08-02"
} else := max([day, "2025-08-02"]) if {
	record.is_day(day)
} else := null

# METADATA
# description: The day on which the model was placed on the market, as it is stated; null where it is not.
default placed := null

placed := input.facts.placed_on_market

# METADATA
# description: |
#   Whether a country, by its two letters, is in the Union: "yes", "no" or "unclear". Total, takes any value.
in_union(country) := "yes" if {
	country in _union
} else := "no" if {
	is_string(country)
	regex.match(`^[A-Z]{2}$`, country)
} else := "unclear"

_unclear_systemic["systemic_risk"] := "whether the model has systemic risk is not stated" if not is_boolean(stated_systemic)

_unclear_systemic["training_compute"] := "the computation used for training is not stated, which says whether systemic risk is presumed" if {
	compute in {"absent", "unclear"}
}

_is_amount if {
	is_number(_amount.significand)
	is_number(_amount.exponent)
	_amount.significand >= 1
}

_arguments_accepted if {
	stated_systemic == false
	record.evidence_defects(_accepted) == set()
}

_is_free if _claim.licence in _free_licences

_is_link(key) if {
	is_string(_claim[key])
	regex.match(`^https?://[^\s/]+\.[^\s/]+`, _claim[key])
}

default _amount := null

_amount := input.facts.training_compute

default _accepted := null

_accepted := input.facts.systemic_risk.accepted

default _claim := {}

_claim := input.facts.open_source if is_object(input.facts.open_source)

_free_licences := {
	"AFL-3.0", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "ECL-2.0",
	"EPL-2.0", "EUPL-1.2", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC", "LGPL-2.1-only",
	"LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "NCSA", "PostgreSQL", "Unlicense", "Zlib",
}

_union := {
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
	"PT", "RO", "SE", "SI", "SK",
}
