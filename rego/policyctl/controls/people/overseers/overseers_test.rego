package policyctl.controls.people.overseers_test

import data.policyctl.controls.people.overseers as control
import data.policyctl.testing.record as make

training := {"title": "Limits of the system", "day": "2026-08-20", "last_day": "2026-11-21", "evidence": [make.evidence("Attendance")]}

whole := {
	"name": "Ana Novak",
	"function": "Credit officer",
	"tasks": ["oversight"],
	"first_day": "2026-08-20",
	"competence": "Ten years of credit decisions",
	"training": [training],
}

test_a_person_who_was_trained_before_passes if {
	control.resources == {"r-1"} with input as of([whole])
	control.findings == set() with input as of([whole])
	control.undetermined == set() with input as of([whole])
}

test_nobody_is_a_finding if {
	every value in [null, [], {}, "Ana Novak", {"0": whole}] {
		control.findings == {{
			"code": "no_overseer",
			"resource": "r-1",
			"message": "nobody is assigned to oversee the system as of 2026-11-21",
			"path": ["people"],
		}} with input as of(value)
	}
	codes == {"no_overseer"} with input as changed({"last_day": "2026-11-20"})
	codes == {"no_overseer"} with input as changed({"tasks": ["use"]})
	codes == {"no_overseer"} with input as changed({"first_day": "2026-11-22", "training": [object.union(training, {"last_day": "2026-11-22"})]})
}

test_a_natural_person_is_named if {
	control.findings == {{
		"code": "no_person",
		"resource": "r-1",
		"message": "no natural person is named who oversees the system: HR team",
		"path": ["people", 0, "name"],
	}} with input as changed({"name": "HR team"})
	messages == {"no natural person is named who oversees the system: person 1 of the record"} with input as of([object.remove(whole, ["name"])])
}

test_function_and_competence_are_said if {
	control.findings == {{
		"code": "no_competence",
		"resource": "r-1",
		"message": "no competence for overseeing the system is recorded of Ana Novak",
		"path": ["people", 1, "competence"],
	}} with input as of([whole, object.union(whole, {"competence": "TBD"})])
	control.findings == {{
		"code": "no_function",
		"resource": "r-1",
		"message": "no function is recorded of Ana Novak",
		"path": ["people", 0, "function"],
	}} with input as changed({"function": null})
}

test_who_oversees_was_trained if {
	every value in [null, [], "yes", {"0": training}] {
		control.findings == {{
			"code": "no_training",
			"resource": "r-1",
			"message": "no training of Ana Novak is recorded",
			"path": ["people", 0, "training"],
		}} with input as changed({"training": value})
	}
}

test_the_first_training_comes_before_the_assignment if {
	control.findings == {{
		"code": "trained_late",
		"resource": "r-1",
		"message": "Ana Novak oversees the system from 2026-08-19 on and was first trained on 2026-08-20",
		"path": ["people", 0, "first_day"],
	}} with input as changed({"first_day": "2026-08-19"})
	codes == set() with input as changed({"first_day": "2026-08-19", "training": [training, object.union(training, {"day": "2026-08-19"})]})
	codes == set() with input as of([whole, object.union(whole, {"last_day": "2026-11-20", "training": []})])
}

test_a_training_counts_until_its_last_day if {
	control.findings == {{
		"code": "training_expired",
		"resource": "r-1",
		"message": "no training of Ana Novak counts on 2026-11-21",
		"path": ["people", 0, "training"],
	}} with input as trained({"last_day": "2026-11-20"})
	codes == set() with input as changed({"training": [object.union(training, {"last_day": "2026-11-20"}), training]})
	codes == {"training_expired"} with input as changed({"training": [object.union(training, {"last_day": "2026-11-20"}), object.union(training, {"day": "2026-11-22", "last_day": "2027-11-22"})]})
}

test_who_is_still_to_begin_needs_it_on_the_first_day if {
	next := object.union(whole, {"name": "Ivo Santos", "first_day": "2026-11-22"})
	messages == {"no training of Ivo Santos counts on 2026-11-22"} with input as of([whole, next])
	codes == set() with input as of([whole, object.union(next, {"training": [object.union(training, {"last_day": "2026-11-22"})]})])
}

test_a_training_without_end_says_so if {
	lasting := object.union(object.remove(training, ["last_day"]), {"lasting": true})
	codes == set() with input as changed({"training": [lasting]})
	control.undetermined == set() with input as changed({"training": [lasting]})
	codes == {"training_expired"} with input as trained({"last_day": "2026-11-20", "lasting": true})
	every value in [false, null, "true"] {
		count(control.undetermined) == 1 with input as changed({"training": [object.union(lasting, {"lasting": value})]})
	}
}

test_the_training_is_shown if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: the training of Ana Novak",
		"path": ["people", 0, "training", 0, "evidence"],
	}} with input as trained({"evidence": []})
	messages == {"the document is not the one that was recorded: the training of Ana Novak"} with input as trained({"evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: the training of Ana Novak"} with input as trained({"evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
}

test_what_is_not_stated_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "tasks"],
		"reason": "it is not recorded what Ana Novak does for the system",
	}} with input as of([whole, object.remove(whole, ["tasks"])])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "first_day"],
		"reason": "it is not recorded from which day to which Ana Novak oversees the system",
	}} with input as of([whole, object.remove(whole, ["first_day"])])
	codes == set() with input as of([whole, object.remove(whole, ["first_day"])])
	control.undetermined == set() with input as of([whole, {"name": "Ivo Santos", "tasks": ["use"]}])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 0, "training", 1],
		"reason": "it is not recorded from which day to which a training of Ana Novak counts, or that it has no end",
	}} with input as changed({"training": [training, {"title": "Refresher", "day": "2026-08-21", "evidence": training.evidence}]})
	every key in ["day", "last_day"] {
		every value in [null, "soon", 7, "2026-02-30"] {
			count(control.undetermined) == 1 with input as trained({key: value})
			codes == set() with input as trained({key: value})
		}
	}
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

trained(changes) := changed({"training": [object.union(object.remove(training, object.keys(changes)), changes)]})

changed(changes) := of([object.union(object.remove(whole, object.keys(changes)), changes)])

of(listed) := make.of_kind("competence", {"people": listed}, {})
