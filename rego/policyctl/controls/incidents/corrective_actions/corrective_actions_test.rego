package policyctl.controls.incidents.corrective_actions_test

import data.policyctl.controls.incidents.corrective_actions as control
import data.policyctl.testing.record as make

test_an_action_that_is_done_passes if {
	passes with input as of([done({})])
	passes with input as of([done({}), open({})])
}

test_each_action_says_what_is_done_by_whom_and_until_when if {
	control.findings == {
		{"code": "no_action", "resource": "r-1", "message": "corrective action 2 does not say what is done", "path": ["corrective_actions", 1, "action"]},
		{"code": "no_owner", "resource": "r-1", "message": "no person is named who answers for corrective action 2", "path": ["corrective_actions", 1, "owner"]},
		{"code": "no_due_day", "resource": "r-1", "message": "no day is stated until which corrective action 2 is done", "path": ["corrective_actions", 1, "due"]},
	} with input as of([done({}), {}])
	every broken in [null, "", "TBD", 7, []] {
		codes == {"no_action"} with input as of([done({"action": broken})])
		codes == {"no_owner"} with input as of([done({"owner": broken})])
		codes == {"no_due_day"} with input as of([done({"due": broken})])
	}
	codes == {"no_owner"} with input as of([done({"owner": "Data Science Team"})])
	every broken in [null, 7, "x", [], {}] {
		codes == {"no_action", "no_owner", "no_due_day"} with input as of([broken])
	}
}

test_an_action_is_done_on_its_day if {
	passes with input as of([open({"due": "2026-11-21"})])
	control.findings == {{
		"code": "overdue",
		"resource": "r-1",
		"message": "\"Test units\" was due on 2026-11-20 and is not done",
		"path": ["corrective_actions", 0, "due"],
	}} with input as of([open({"due": "2026-11-20"})])
	every broken in [null, "", "yes", 7, true, "2026-11-22"] {
		codes == {"overdue"} with input as of([open({"due": "2026-11-20", "done": broken})])
	}
	passes with input as of([done({"due": "2026-11-20", "done": "2026-11-21"})])
}

test_what_is_done_has_evidence if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "nothing shows that \"Test units\" is done: no evidence is named by its digest",
		"path": ["corrective_actions", 0, "evidence"],
	}} with input as of([open({"done": "2026-10-10"})])
	control.findings == {{
		"code": "evidence_changed",
		"resource": "r-1",
		"message": "the evidence that \"Test units\" is done is not what its digest says",
		"path": ["corrective_actions", 0, "evidence"],
	}} with input as of([done({"evidence": [{"title": "R", "sha256": make.digest, "state": "changed"}]})])
	control.findings == {{
		"code": "evidence_missing",
		"resource": "r-1",
		"message": "the file that shows that \"Test units\" is done is not there",
		"path": ["corrective_actions", 0, "evidence"],
	}} with input as of([done({"evidence": [{"title": "R", "sha256": make.digest, "state": "missing"}]})])
}

test_none_has_a_reason if {
	every broken in [null, 7, "x", [], {}, {"a": {}}] {
		codes == set() with input as of(broken)
		control.undetermined == {{
			"resource": "r-1",
			"path": ["corrective_actions"],
			"reason": "neither a corrective action is recorded nor why none is needed",
		}} with input as of(broken)
	}
	unclear == {["corrective_actions"]} with input as make.of_kind("incident", {"no_corrective_action": "n/a"}, {})
	unclear == {["corrective_actions"]} with input as make.of_kind("incident", {}, {})
	passes with input as make.of_kind("incident", {"no_corrective_action": "A nurse mistyped a weight"}, {})
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

open(changes) := object.union({"action": "Test units", "owner": "Ines Brandt", "due": "2026-12-31"}, changes)

done(changes) := open(object.union({"done": "2026-10-10", "evidence": [make.evidence("Test report")]}, changes))

of(actions) := make.of_kind("incident", {"corrective_actions": actions}, {})
