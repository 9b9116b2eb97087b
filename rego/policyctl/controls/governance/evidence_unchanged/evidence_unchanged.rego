package policyctl.controls.governance.evidence_unchanged

resources contains entry.resource if some entry in _entries

# METADATA
# description: The file is not the one whose digest was attested.
findings contains finding if {
	some entry in _entries
	entry.state == "changed"

	finding := {
		"code": "evidence_changed",
		"resource": entry.resource,
		"message": sprintf("the evidence %v is not what was attested", [entry.title]),
		"path": entry.path,
	}
}

# METADATA
# description: The file is not there, or what is attested cannot be read.
undetermined contains {"resource": entry.resource, "path": entry.path, "reason": entry.reason} if {
	some entry in _entries
	entry.reason != ""
}

undetermined contains entry if {
	type_name(_attested) != "object"
	entry := {"resource": input.facts.id, "path": ["attested"], "reason": "what is attested cannot be read"}
}

undetermined contains {"resource": family, "path": ["attested", family], "reason": "what is attested cannot be read"} if {
	some family, named in _attested
	not is_object(named)
}

# Evidence that is kept elsewhere cannot be compared, and is not looked at.
_entries contains entry if {
	some family, named in _attested
	some name, given in named
	some index, evidence in _evidence(given)
	state := _state(evidence)
	state != "elsewhere"

	entry := {
		"resource": concat("/", [family, name]),
		"path": ["attested", family, name, "evidence", index],
		"state": state,
		"title": _title(evidence),
		"reason": _reasons[state],
	}
}

_evidence(given) := given.evidence if {
	is_array(given.evidence)
} else := [null]

_state(evidence) := evidence.state if {
	evidence.state in {"same", "changed", "missing", "elsewhere"}
} else := "unreadable"

_title(evidence) := evidence.title if {
	is_string(evidence.title)
} else := "without a title"

_reasons := {
	"same": "",
	"changed": "",
	"missing": "the file of the evidence is not there",
	"unreadable": "what is attested cannot be read",
}

default _attested := null

_attested := input.attested
