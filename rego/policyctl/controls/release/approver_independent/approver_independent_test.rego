package policyctl.controls.release.approver_independent_test

import data.policyctl.controls.release.approver_independent as control
import data.policyctl.testing.model as make

test_an_approval_by_somebody_else_passes if {
	control.resources == {"mlflow:wine/1"} with input as of(["Mira Keller"], [approval("Ines Moreau")])
	control.findings == set() with input as of(["Mira Keller"], [approval("Ines Moreau")])
	control.undetermined == set() with input as of(["Mira Keller"], [approval("Ines Moreau")])
}

test_an_author_who_approves_fails if {
	control.findings == {{
		"code": "own_work",
		"resource": "mlflow:wine/1",
		"message": "Mira Keller has approved the version, and has developed it",
		"path": ["release", "approvals", 1, "name"],
	}} with input as of(["Ada Berg", "Mira Keller"], [approval("Ines Moreau"), approval("Mira Keller")])
}

test_the_order_and_case_of_a_name_make_no_other_person if {
	every name in ["Keller, Mira", "MIRA KELLER", " mira  keller", "Keller Mira", "mira.keller", "mira_keller", "mira-keller"] {
		messages == {sprintf("%s has approved the version, and has developed it", [name])} with input as of(["Mira Keller"], [approval(name)])
	}
	messages == set() with input as of(["Mira Keller"], [approval("Mira Kellermann")])
}

test_who_started_the_run_has_developed_it if {
	messages == {"Tomas Brandt has approved the version, and has developed it"} with input as of(["Mira Keller"], [approval("Tomas Brandt")])
}

test_a_rejection_needs_no_independence if {
	messages == set() with input as of(["Mira Keller"], [approval("Ines Moreau"), object.union(approval("Mira Keller"), {"decision": "rejected"})])
}

test_a_version_that_nobody_has_approved_cannot_be_told if {
	every broken in [null, [], {}, "Ines Moreau", [object.union(approval("Ines Moreau"), {"decision": "rejected"})]] {
		control.undetermined == {untold("nobody has approved the version yet", ["release", "approvals"])} with input as of(["Mira Keller"], broken)
	}
}

test_a_decision_that_cannot_be_read_may_be_an_approval if {
	every broken in [null, "", "maybe", 7] {
		messages == {"Mira Keller has approved the version, and has developed it"} with input as of(["Mira Keller"], [object.union(approval("Mira Keller"), {"decision": broken})])
	}
}

test_an_approval_without_a_name_cannot_be_told if {
	every broken in [null, "", 7, ["Ines Moreau"]] {
		control.undetermined == {untold("it is not recorded who has approved the version", ["release", "approvals", 0, "name"])} with input as of(["Mira Keller"], [approval(broken)])
		control.findings == set() with input as of(["Mira Keller"], [approval(broken)])
	}
}

test_authors_who_are_not_named_cannot_be_told if {
	every broken in [null, [], "Mira Keller", {}, ["Mira Keller", "TBD"], ["Mira Keller", 7]] {
		control.undetermined == {untold("it is not recorded who has developed the version", ["release", "authors"])} with input as of(broken, [approval("Ines Moreau")])
	}
}

test_a_run_without_a_user_cannot_be_told if {
	every broken in [null, {}, {"user": ""}, {"user": 7}] {
		control.undetermined == {untold("it is not known who has started the run that trained the version", ["run", "user"])} with input as make.version({"run": broken, "release": {"authors": ["Mira Keller"], "approvals": [approval("Ines Moreau")]}}, {}, {})
	}
}

untold(reason, path) := {"resource": "mlflow:wine/1", "reason": reason, "path": path}

messages := {finding.message | some finding in control.findings}

approval(name) := {"role": "owner", "name": name, "decision": "approved"}

of(authors, approvals) := make.version(
	{"run": {"user": "tomas.brandt"}, "release": {"authors": authors, "approvals": approvals}},
	{}, {},
)
