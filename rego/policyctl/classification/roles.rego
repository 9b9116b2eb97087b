# METADATA
# scope: package
# description: |
#   The organisation's roles, each by one or several ways. Who renames, modifies or repurposes a system, or makes the product that it
#   is a safety component of, becomes its provider only where the system is high-risk with all duties.
package policyctl.classification.roles

import data.policyctl.classification.classes
import data.policyctl.classification.groups
import data.policyctl.classification.kleene

# METADATA
# description: Every role with its status and reasons.
found := [{"role": role, "status": classes.status(value), "because": _because(role, value)} |
	some role in order
	value := values[role]
]

# METADATA
# description: yes, no or unknown, by role.
values[role] := kleene.any_of([_way(way) | some way in _ways[role]]) if some role in order

# METADATA
# description: What is needed where a role is unknown - name, group and reason.
open(role) := {[name, way.group, why] |
	values[role] == "unknown"
	some way in _ways[role]
	_way(way) == "unknown"
	some name, why in groups.needed[way.group]
}

# METADATA
# description: The roles, in the order in which they are told.
order := ["provider", "deployer", "importer", "distributor", "authorised_representative", "product_manufacturer", "gpai_provider"]

_way(way) := kleene.all_of([groups.of(way.group), _condition[way.only]])

_condition := {
	"always": "yes",
	"high_risk": classes.fully_high_risk,
	"section_a": kleene.all_of([
		classes.values.high_risk.annex_i,
		groups.of("annex_i.section_a"),
		groups.of("safety.component"),
	]),
}

_ways := {
	"provider": [
		{"group": "roles.provider", "only": "always"},
		{"group": "roles.rename", "only": "high_risk"},
		{"group": "roles.modification", "only": "high_risk"},
		{"group": "roles.new_purpose", "only": "high_risk"},
		{"group": "roles.manufacturer", "only": "section_a"},
	],
	"deployer": [{"group": "roles.deployer", "only": "always"}],
	"importer": [{"group": "roles.importer", "only": "always"}],
	"distributor": [{"group": "roles.distributor", "only": "always"}],
	"authorised_representative": [{"group": "roles.authorised_representative", "only": "always"}],
	"product_manufacturer": [{"group": "roles.manufacturer", "only": "always"}],
	"gpai_provider": [{"group": "gpai.model", "only": "always"}],
}

_because(role, value) := [step |
	some way in _ways[role]
	_way(way) == value
	some step in array.concat(_steps(way, value), _consequence(way, value))
]

_steps(way, value) := groups.steps[way.group] if {
	groups.of(way.group) == value
} else := []

_consequence(way, value) := [{"step": "classes.high_risk", "clause": "Art. 6(1)", "answer": value, "reason": _said[value]}] if {
	way.only == "section_a"
	_condition.section_a == value
} else := [{"step": "classes.high_risk", "clause": "Art. 25(1)", "answer": value, "reason": _said[value]}] if {
	way.only == "high_risk"
	_condition.high_risk == value
} else := []

_said := {
	"yes": "The system is high-risk, so this makes the organisation its provider.",
	"no": "The system is not high-risk, or the Act leaves it to other law: this makes nobody its provider.",
	"unknown": "Whether the system is high-risk is not determined.",
}
