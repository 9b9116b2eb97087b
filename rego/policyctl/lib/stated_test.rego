package policyctl.lib.stated_test

import data.policyctl.lib.stated
import data.policyctl.testing.record as make

test_what_is_stated_is_not_lacking if {
	stated.lacking({"tasks": "Text"}, {"tasks": "the tasks"}, ["description"]) == set() with input as document
}

test_what_is_absent_is_lacking_where_it_belongs if {
	stated.lacking({"other": "Text"}, {"tasks": "the tasks"}, ["description"]) == {{
		"code": "no_tasks",
		"resource": "r-1",
		"message": "the record says nothing about the tasks",
		"path": ["description", "tasks"],
	}} with input as document
}

test_a_placeholder_is_lacking_and_shown if {
	messages({"tasks": "TBD"}) == {"the record says nothing about the tasks: \"TBD\""}
	messages({"tasks": 7}) == {"the record says nothing about the tasks: 7"}
	messages({"tasks": ""}) == {"the record says nothing about the tasks"}
	messages({"tasks": null}) == {"the record says nothing about the tasks"}
}

test_what_is_no_mapping_states_nothing if {
	every broken in [null, "", 7, true, [], [{"tasks": "Text"}]] {
		messages(broken) == {"the record says nothing about the tasks"}
	}
}

test_documents_are_named_by_their_digest if {
	unproven([make.evidence("Plan")]) == set()
	unproven([]) == {["no_evidence", "no document that shows the plan is named with its SHA-256 digest"]}
	unproven(null) == {["no_evidence", "no document that shows the plan is named with its SHA-256 digest"]}
}

test_documents_that_changed_or_are_gone_are_named if {
	unproven([in_state("A", "changed"), in_state("B", "changed")]) == {["evidence_changed", "a document that shows the plan is not what its digest says: A, B"]}
	unproven([in_state("A", "missing")]) == {["evidence_missing", "a document that shows the plan is not where it was: A"]}
}

test_what_is_unproven_is_found_at_its_place if {
	{[f.resource, f.path] | some f in stated.unproven([], "the plan", ["a", "evidence"])} == {["r-1", ["a", "evidence"]]} with input as document
}

in_state(title, state) := object.union(make.evidence(title), {"state": state})

messages(written) := {f.message | some f in stated.lacking(written, {"tasks": "the tasks"}, ["description"]) with input as document}

unproven(listed) := {[f.code, f.message] | some f in stated.unproven(listed, "the plan", ["evidence"]) with input as document}

document := make.of_kind("gpai_model", {}, {})
