package policyctl.controls.operations.rollout

import data.policyctl.lib.kubernetes

resources contains input.facts.id if kubernetes.answers

# METADATA
# description: Nothing of the earlier version has to be left before the new one is ready.
findings contains finding if {
	kubernetes.answers
	some replacement in _replacements
	replacement.old_kept == false

	finding := {
		"code": "all_at_once",
		"resource": input.facts.id,
		"message": "a new version may take the place of all of the earlier one before it is ready",
		"path": kubernetes.at(replacement, []),
	}
}

# METADATA
# description: No earlier version is kept.
findings contains finding if {
	kubernetes.answers
	some replacement in _replacements
	replacement.way_back == false

	finding := {
		"code": "no_way_back",
		"resource": input.facts.id,
		"message": "no earlier version is kept to return to",
		"path": ["spec", "revisionHistoryLimit"],
	}
}

undetermined contains _unclear([], "how a new version takes over does not show in an object of this kind") if {
	kubernetes.answers
	_replacements == []
}

undetermined contains _unclear(
	kubernetes.at(replacement, []),
	"whether the earlier version serves until the new one is ready does not show in this object",
) if {
	kubernetes.answers
	some replacement in _replacements
	_tells_nothing_of(replacement, "old_kept")
}

undetermined contains _unclear(kubernetes.at(replacement, []), "whether an earlier version is kept does not show in this object") if {
	kubernetes.answers
	some replacement in _replacements
	_tells_nothing_of(replacement, "way_back")
}

undetermined contains _unclear([], "how a new version takes over could not be read") if {
	kubernetes.answers
	not is_array(_replacements)
}

_tells_nothing_of(replacement, _) if not is_object(replacement)

_tells_nothing_of(replacement, what) if {
	is_object(replacement)
	not object.get(replacement, what, null) in {true, false}
}

_unclear(path, reason) := {"resource": input.facts.id, "path": path, "reason": reason}

default _replacements := null

_replacements := input.facts.inference.replacements
