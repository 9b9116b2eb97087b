package policyctl.controls.system.role

import data.policyctl.classification.roles
import data.policyctl.lib.classified

resources := {input.facts.id}

# METADATA
# description: The answers establish roles that the description does not state.
findings contains finding if {
	count(_unstated) > 0

	finding := {
		"code": "not_stated",
		"resource": input.facts.id,
		"message": sprintf("by the answers the organisation is the system's %s, and the stated roles do not say so", [concat(", ", _unstated)]),
		"path": ["roles"],
	}
}

# METADATA
# description: The description states a role that the answers exclude.
findings contains finding if {
	some index, role in input.facts.roles
	roles.values[role] == "no"

	finding := {
		"code": "excluded",
		"resource": input.facts.id,
		"message": sprintf("the organisation is stated to be the system's %s, which the answers exclude", [role]),
		"path": ["roles", index],
	}
}

# METADATA
# description: The answers do not decide a role.
undetermined contains doubt if {
	some role, "unknown" in roles.values
	doubt := classified.doubt(["answers", "roles"], sprintf("whether the organisation is its %s", [role]), roles.open(role))
}

# METADATA
# description: No role is stated, so that the answers have nothing to agree with.
undetermined contains {"resource": input.facts.id, "path": ["roles"], "reason": "no role is stated"} if {
	count(_stated) == 0
	count(_unstated) == 0
}

# METADATA
# description: What is stated is no role.
undetermined contains {"resource": input.facts.id, "path": ["roles", index], "reason": "this role cannot be read"} if {
	some index, role in input.facts.roles
	not role in _known
}

_stated := {role | some role in input.facts.roles}

_unstated := [role | some role in roles.order; roles.values[role] == "yes"; not role in _stated]

# Whether somebody is a third party of Art. 25(4) turns on contracts, which the questions leave out.
_known := {"third_party"} | {role | some role in roles.order}
