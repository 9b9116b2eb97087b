# METADATA
# scope: package
# description: |
#   The one question that is asked of this bundle: what is decided about a document. Runs the controls that the profile selects
#   and composes their results; knows nothing of any single control.
package policyctl.main

import data.policyctl.law
import data.policyctl.shapes
import data.policyctl.waivers

# METADATA
# description: The decision about each of `input.documents`, in their order.
# entrypoint: true
decisions := [answer | some document in input.documents; answer := decision with input as document]

# METADATA
# description: |
#   The decision about one document. Undefined when any part of it is, which the caller must treat as an error: there is no default.
# entrypoint: true
decision := {
	"outcome": outcome,
	"simulated": input.simulated,
	"expected": sort(expected),
	"evaluated": sort(evaluated),
	"resources": resources,
	"findings": findings,
	"undetermined": undetermined,
	"bindings": bindings,
	"assumed": sort(law.assumed),
	"waivers": waiver_states,
}

# METADATA
# description: The controls that the profile selects for this document. `evaluated` must equal it.
expected := object.keys(input.profile.enforcement)

# METADATA
# description: |
#   The controls that have their parameters and whose package gave a set of resources, and those excluded: evaluating them failed,
#   or a fact that they read is not of its type.
evaluated := (object.keys(_looked) - _lacking) | _excluded

# METADATA
# description: How many resources each control looked at; controls that looked at none are left out.
resources := object.remove(_looked, {id | some id, 0 in _looked})

_looked := {id: count(looked) |
	some id, control in _selected
	looked := data.policyctl.controls[control.family][control.name].resources
	is_set(looked)
}

# METADATA
# description: |
#   What is wrong, by control. A finding's id is the same for the same defect in every run; it names the waiver under which it is
#   accepted, if there is one.
findings := {id: sort(found) | some id, found in _marked(_found); count(found) > 0}

# METADATA
# description: For each control under a law with dates, the clause that binds this system first, and what it does today.
bindings := object.union(object.remove(law.bindings, object.keys(_shown)), _shown)

_shown := law.shown_by(object.keys(_found))

# METADATA
# description: |
#   What could not be told, by control: its own word, a fact it reads that a gap hides, or an evaluation that failed.
undetermined := {id: sort(entries) |
	some id in ((object.keys(_said) | object.keys(_hidden)) | (object.keys(_failed) & expected))
	entries := (object.get(_told, id, set()) | object.get(_hidden, id, set())) | object.get(_failed, id, set())
}

# METADATA
# description: |
#   deny if a control that denies fails, or could not tell where the profile counts that; else warn if anything but an audited
#   control does; else allow. What is waived is audited.
outcome := "deny" if {
	"deny" in object.filter(_actions, _counting)
} else := "warn" if {
	count({action | some action in object.filter(_actions, _unclear)} - {"audit"}) > 0
} else := "allow"

# What each control does today. `outcome` has no `some`: it would be tried for its other values too after the answer is known, when OPA has
# forgotten what it knew of the document (`with` in `decisions`), and everything would be evaluated twice.
_actions := object.union(input.profile.enforcement, {id: binding.action | some id, binding in bindings})

# METADATA
# description: What became of each of the document's waivers, by id; `applied`, or the reason why it has no effect here.
waiver_states[id] := state if {
	some waiver in object.get(input, "waivers", [])
	id := waiver.id
	state := waivers.state(waiver, _applied, _settled)
}

_applied contains entry.waiver if {
	some listed in [findings, undetermined]
	some entries in listed
	some entry in entries
}

# Its control has looked at what the waiver is about, and nothing kept it from telling.
_settled contains waiver.id if {
	some waiver in waivers.in_force
	id := waiver.control
	control := _selected[id]
	not undetermined[id]
	some resource in data.policyctl.controls[control.family][control.name].resources
	waivers.about(waiver, resource)
}

# What a control says itself can be accepted, because somebody has seen it. What a gap hides and what failed nobody has seen.
_marked(said) := said if {
	count(waivers.in_force) == 0
} else := {id: {_mark(id, entry) | some entry in entries} | some id, entries in said}

_mark(id, entry) := object.union(entry, {"waiver": waivers.of(id, entry)})

_mark(id, entry) := entry if not waivers.of(id, entry)

# Most controls have nothing to say: to count that is cheaper than to make an empty set of it.
_claimed := {id: found |
	some id, control in _selected
	found := data.policyctl.controls[control.family][control.name].findings
	count(found) > 0
}

_found := {id: {identified |
	some finding in found
	named := json.marshal([id, input.subject.id, finding.resource, object.get(finding, "path", []), finding.code])
	identified := object.union(object.remove(finding, ["waiver"]), {"id": substring(crypto.sha256(named), 0, 12)})
} |
	some id, found in _claimed
}

_said := {id: unmarked |
	some id, control in _selected
	said := data.policyctl.controls[control.family][control.name].undetermined
	count(said) > 0
	unmarked := {object.remove(entry, ["waiver"]) | some entry in said}
}

_told := _marked(_said)

_hidden[id] contains entry if {
	some gap in input.gaps
	some hidden in object.get(gap, "paths", [])
	some id in _readers(hidden)
	entry := {"resource": input.subject.id, "path": object.get(gap, "at", hidden), "code": gap.code, "reason": gap.reason}
}

_failed[id] contains entry if {
	some gap in input.gaps
	id := gap.control
	entry := {"resource": input.subject.id, "path": [], "code": gap.code, "reason": gap.reason}
}

_failed[id] contains entry if {
	some id, paths in _misread
	some path in paths
	entry := {"resource": input.subject.id, "path": path, "code": "misshapen", "reason": "not of the type that this fact has"}
}

# A finding without them has no id: it would be forgotten, and its control would pass.
_failed[id] contains entry if {
	some id, found in _claimed
	count(found) > count(_found[id])
	entry := {
		"resource": input.subject.id,
		"path": [],
		"code": "misshapen",
		"reason": "a finding of this control does not say its code and its resource",
	}
}

_excluded contains gap.control if some gap in input.gaps

_excluded contains id if some id, _ in _misread

# Rules that look for text in a number find nothing: controls that read such a fact are not asked. What a gap hides is not there to be read.
_misread[id] contains path if {
	some path in shapes.misshapen
	count({hidden | some gap in input.gaps; some hidden in gap.paths; array.slice(hidden, 0, count(path)) == array.slice(path, 0, count(hidden))}) == 0
	some id in _readers(path)
}

# A rule that compares with a parameter finds nothing where the profile does not give it.
_lacking contains id if {
	some id, control in _selected
	some parameter in control.parameters
	not _given(control, parameter)
}

_given(control, parameter) if _ = input.profile.parameters[control.family][control.name][parameter]

# The index by kind is what keeps controls of other kinds from costing anything.
_selected := object.filter(_index, expected - _excluded)

_index := data.policyctl.catalog.index[input.kind]

_unclear := _failing | _unsure

_counting := (_failing | _unsure_counts) | object.keys(_failed)

_unsure_counts := {id | some id in _unsure; data.policyctl.catalog.controls[id].severity in input.profile.undetermined}

_failing := {id | some id, found in findings; _open(found)}

_unsure := {id | some id, entries in undetermined; _open(entries)}

# One entry that nobody has accepted is enough, however many are.
_open(entries) if {
	some entry in entries
	not entry.waiver
}

# The controls that read a fact, a part of it, or what it is a part of. Gaps of one source hide the same: a call with a path that was asked
# for already costs nothing.
_readers(path) := {id |
	length := count(path)
	some id in expected
	some read in data.policyctl.catalog.reads[id]
	array.slice(read, 0, length) == array.slice(path, 0, count(read))
}
