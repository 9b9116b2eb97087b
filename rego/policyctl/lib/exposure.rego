# METADATA
# scope: package
# description: |
#   Whether a grant is one to everybody: "yes", "no" (it is known to whom), "untold". No control logic.
package policyctl.lib.exposure

import data.policyctl.lib.iam_policy
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

# METADATA
# description: The AWS policy at a dotted path. What everybody may do under a condition is untold.
policy(grant, path) := "yes" if {
	some statement in iam_policy.policy(grant, path).statements
	statement.allows
	statement.anyone
	statement.conditional == false
} else := "no" if {
	read := iam_policy.policy(grant, path)
	read.told
	count(read.statements) > 0
	every statement in read.statements {
		_to_somebody(statement)
	}
} else := "untold"

# METADATA
# description: The one Google member at a dotted path.
member(grant, path) := "untold" if {
	settings.text(grant, path) != "yes"
} else := settings.one_of(grant, path, _everybody)

# METADATA
# description: The list of Google members at a dotted path.
members(grant, path) := "yes" if {
	some member in terraform.value(grant, path)
	member in _everybody
} else := "no" if {
	terraform.state(grant, path) == "known"
	members := terraform.value(grant, path)
	is_array(members)
	every member in members {
		is_string(member)
	}
} else := "untold"

# METADATA
# description: The Google policy, as JSON text at a dotted path, by the members of its bindings.
bindings(grant, path) := "yes" if {
	some binding in _bindings(grant, path)
	some member in binding.members
	member in _everybody
} else := "no" if {
	listed := _bindings(grant, path)
	count(listed) > 0
	every binding in listed {
		is_array(binding.members)
		every member in binding.members {
			is_string(member)
		}
	}
} else := "untold"

_bindings(grant, path) := listed if {
	terraform.state(grant, path) == "known"
	text := terraform.value(grant, path)
	json.is_valid(text)
	listed := json.unmarshal(text).bindings
	is_array(listed)
}

_to_somebody(statement) if statement.allows == false

_to_somebody(statement) if {
	statement.principals_told
	statement.anyone == false
}

_everybody := {"allUsers", "allAuthenticatedUsers"}
