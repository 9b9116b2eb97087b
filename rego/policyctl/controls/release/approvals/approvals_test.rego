package policyctl.controls.release.approvals_test

import data.policyctl.controls.release.approvals as control
import data.policyctl.testing.model as make

test_an_approval_of_these_files_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([approval({})])
	control.findings == set() with input as of([approval({})])
	control.undetermined == set() with input as of([approval({})])
}

test_a_version_that_nobody_has_approved_fails if {
	expected := {{
		"code": "no_approval",
		"resource": "mlflow:wine/1",
		"message": "nobody has approved the version as owner",
		"path": ["release", "approvals", "owner"],
	}}
	control.findings == expected with input as version({}, low_risk)
	every broken in [null, "yes", {}, [], [null], [{"role": "owner"}]] {
		control.findings == expected with input as of(broken)
	}
}

test_a_decision_without_a_role_cannot_be_told if {
	every broken in [null, "", 7, ["owner"]] {
		control.undetermined == {untold("it is not recorded in which role Ines Moreau has decided", ["release", "approvals", 1, "role"])} with input as of([approval({}), approval({"name": "Ines Moreau", "role": broken})])
	}
}

test_a_list_that_is_not_there_may_hold_a_rejection if {
	every broken in [null, "yes", {}] {
		control.undetermined == {untold("it is not known whether somebody has rejected the version", ["release", "approvals"])} with input as of(broken)
	}
	control.undetermined == set() with input as of([])
	control.undetermined == set() with input as version({"release": {"approvals": []}}, low_risk)
}

test_an_approval_in_another_role_is_not_enough if {
	codes == {"no_approval"} with input as of([approval({"role": "validator"})])
	codes == {"no_approval"} with input as of([approval({"role": 7})])
	codes == set() with input as of([approval({"role": " Owner "})])
}

test_a_high_risk_system_asks_for_more_roles if {
	messages == {"nobody has approved the version as validator"} with input as version(approved([approval({})]), high_risk)
	codes == set() with input as version(approved([approval({}), approval({"role": "validator"})]), high_risk)
	messages == {"nobody has approved the version as validator"} with input as version(approved([approval({})]), {})
}

test_an_approval_that_names_no_person_fails if {
	control.findings == {found("no_person", "name", "mira names no person who has approved the version")} with input as of([approval({"name": "mira"})])
	messages == {"entry 1 of the approvals names no person who has approved the version"} with input as of([approval({"name": 7})])
}

test_an_approval_of_a_name_fails if {
	expected := {found("not_bound", "artefact", "Mira Keller has approved the version, and by no digest which files")}
	every broken in [null, "", "0f3c", upper(make.digest), 7] {
		control.findings == expected with input as of([approval({"artefact": broken})])
	}
	control.findings == expected with input as of([object.remove(approval({}), {"artefact"})])
}

test_an_approval_of_other_files_fails if {
	message := sprintf("Mira Keller has approved the files %s, and those of the version are %s", [make.other_digest, make.digest])
	control.findings == {found("other_files", "artefact", message)} with input as of([approval({"artefact": make.other_digest})])
}

test_an_approval_without_a_day_fails if {
	every broken in [null, "", "soon", "2026-02-30", 7] {
		control.findings == {found("no_day", "day", "it is not recorded on which day Mira Keller has approved the version")} with input as of([approval({"day": broken})])
	}
}

test_an_approval_to_come_fails if {
	codes == set() with input as of([approval({"day": "2026-11-21"})])
	control.findings == {found("to_come", "day", "the approval of Mira Keller is of a day to come, 2026-11-22")} with input as of([approval({"day": "2026-11-22"})])
}

test_an_approval_before_the_end_of_the_training_fails if {
	codes == set() with input as of([approval({"day": "2026-11-10"})])
	control.findings == {found(
		"before_training", "day",
		"Mira Keller has approved the version on 2026-11-09, and its training ended on 2026-11-10",
	)} with input as of([approval({"day": "2026-11-09"})])
}

test_an_approval_holds_for_a_time if {
	codes == set() with input as later("2026-12-20")
	control.findings == {found("expired", "day", "Mira Keller has approved the version on 2026-11-20, more than 30 days ago")} with input as later("2026-12-21")
}

test_an_approval_whose_evidence_is_lost_fails if {
	codes == set() with input as of([approval({"evidence": [{"title": "Minutes", "state": "same"}]})])
	codes == {"evidence_lost"} with input as of([approval({"evidence": [{"title": "Minutes", "state": "changed"}]})])
	control.findings == {found(
		"evidence_lost", "evidence",
		"what supports the approval of Mira Keller is not there, or has changed: Minutes, Results",
	)} with input as of([approval({"evidence": [{"title": "Results", "state": "missing"}, {"title": "Minutes", "state": "changed"}, {"title": "More", "state": "same"}]})])
}

test_one_approval_that_holds_is_enough if {
	codes == set() with input as of([approval({"artefact": make.other_digest}), approval({"name": "Ines Moreau"})])
	codes == {"other_files", "not_bound"} with input as of([approval({"artefact": make.other_digest}), approval({"artefact": ""})])
	{finding.path | some finding in control.findings} == {["release", "approvals", 1, "artefact"]} with input as version(
		approved([approval({}), approval({"role": "validator", "artefact": ""})]),
		high_risk,
	)
}

test_a_rejection_stands if {
	control.findings == {{
		"code": "rejected",
		"resource": "mlflow:wine/1",
		"message": "Ines Moreau has rejected the version, on 2026-11-12",
		"path": ["release", "approvals", 1, "decision"],
	}} with input as of([approval({}), rejection({})])
	messages == {"Ines Moreau has rejected the version, on an unknown day"} with input as of([approval({}), rejection({"day": "soon"})])
	codes == {"rejected"} with input as of([approval({}), object.remove(rejection({}), {"artefact"})])
}

test_a_rejection_by_nobody_stands if {
	codes == {"rejected", "no_person"} with input as of([rejection({"name": 7}), approval({"name": ""})])
	control.undetermined == set() with input as of([approval({}), rejection({})])
}

test_a_rejection_of_other_files_is_about_another_version if {
	codes == set() with input as of([approval({}), rejection({"artefact": make.other_digest})])
}

test_a_rejection_is_taken_back_by_a_later_approval_of_the_same_person if {
	codes == set() with input as of([approval({}), rejection({}), approval({"name": "ines moreau ", "role": "validator", "day": "2026-11-13"})])
	codes == {"rejected"} with input as of([approval({}), rejection({}), approval({"name": "Ines Moreau", "day": "2026-11-12"})])
	codes == {"rejected"} with input as of([approval({}), rejection({}), approval({"name": "Ines Moreau", "day": "2026-11-22"})])
	codes == set() with input as of([approval({}), rejection({}), approval({"name": "Ines Moreau", "day": "2026-11-21"})])
	codes == {"rejected"} with input as of([approval({}), rejection({}), rejection({"day": "2026-11-13", "decision": "later"})])
	codes == {"rejected"} with input as of([approval({}), rejection({"day": "soon"}), approval({"name": "Ines Moreau"})])
	codes == {"rejected"} with input as of([approval({}), rejection({}), approval({"name": "Ines Moreau", "day": "1"})])
}

test_files_that_are_not_known_cannot_be_told if {
	control.undetermined == {untold("it is not known which files the version has, and so not whether they were approved", ["artefact", "sha256"])} with input as version(
		object.remove(approved([approval({})]), {"artefact"}),
		low_risk,
	)
	control.findings == set() with input as version(object.remove(approved([approval({})]), {"artefact"}), low_risk)
}

test_an_end_of_the_training_that_is_not_known_cannot_be_told if {
	expected := {untold("it is not known when the training ended, and so not whether it was approved after that", ["run", "ended"])}
	control.undetermined == expected with input as version(object.remove(approved([approval({})]), {"run"}), low_risk)
	every broken in [null, "", "yesterday", 7] {
		control.undetermined == expected with input as version(object.union(approved([approval({})]), {"run": {"ended": broken}}), low_risk)
	}
}

test_a_decision_that_cannot_be_read_cannot_be_told if {
	every broken in [null, "", "maybe", 7] {
		control.undetermined == {untold(
			"it is not recorded whether Ines Moreau has approved or rejected the version",
			["release", "approvals", 1, "decision"],
		)} with input as of([approval({}), rejection({"decision": broken})])
	}
}

test_a_profile_without_roles_cannot_be_told if {
	control.undetermined == {untold("the profile names no role that approves a version", ["release", "approvals"])} with input as make.version(
		approved([approval({})]),
		{"release": {"approvals": {"roles": [], "roles_high_risk": ["validator"], "maximum_days": 30}}},
		low_risk,
	)
}

approval(changes) := object.union(
	{"role": "owner", "name": "Mira Keller", "day": "2026-11-20", "decision": "approved", "artefact": make.digest},
	changes,
)

rejection(changes) := object.union(
	{"role": "validator", "name": "Ines Moreau", "day": "2026-11-12", "decision": "rejected", "artefact": make.digest},
	changes,
)

found(code, key, message) := {
	"code": code,
	"resource": "mlflow:wine/1",
	"message": message,
	"path": ["release", "approvals", 0, key],
}

untold(reason, path) := {"resource": "mlflow:wine/1", "reason": reason, "path": path}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

low_risk := {"classes": [{"id": "transparency"}]}

high_risk := {"classes": [{"id": "high_risk", "route": "annex_iii"}]}

parameters := {"release": {"approvals": {"roles": ["owner"], "roles_high_risk": ["validator"], "maximum_days": 30}}}

approved(decisions) := {
	"artefact": make.artefact,
	"run": {"ended": "2026-11-10T18:00:18.000Z"},
	"release": {"approvals": decisions},
}

version(facts, system) := make.version(facts, parameters, system)

of(decisions) := version(approved(decisions), low_risk)

later(day) := object.union(of([approval({})]), {"as_of": day})
