package policyctl.main

decisions := [answer | some document in input.documents; answer := decision with input as document]

decision := {
	"outcome": outcome,
	"simulated": input.simulated,
	"expected": sort([id | some id, _ in input.profile.enforcement]),
	"evaluated": sort([id | some id in evaluated]),
	"resources": {id: 1 | some id in _selected},
	"findings": findings,
	"undetermined": undetermined,
}

evaluated contains id if {
	some id in _selected
	is_set(data.policyctl.controls.test[_names[id]].findings)
}

evaluated contains id if some id in _excluded

findings[id] := found if {
	some id in _selected
	found := sort(data.policyctl.controls.test[_names[id]].findings)
	count(found) > 0
}

undetermined[gap.control] := [{"resource": input.subject.id, "path": [], "code": gap.code, "reason": gap.reason}] if {
	some gap in input.gaps
}

outcome := "deny" if {
	_as_of > 0
	count(findings) + count(undetermined) > 0
} else := "allow" if _as_of > 0

_as_of := time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [input.as_of]))

_names := {"T-001": "deadline", "T-002": "owner", "T-003": "size", "T-004": "weight", "T-005": "slow", "T-006": "colour"}

_excluded := {gap.control | some gap in input.gaps}

_selected := {id |
	some id, _ in input.profile.enforcement
	not id in _excluded
}
