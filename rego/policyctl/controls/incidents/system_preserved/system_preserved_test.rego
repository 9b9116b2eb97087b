package policyctl.controls.incidents.system_preserved_test

import data.policyctl.controls.incidents.system_preserved as control
import data.policyctl.testing.record as make

test_a_system_that_was_not_altered_passes if {
	passes with input as of(false, [])
	passes with input as make.of_kind("incident", {"altered": false}, {})
}

test_an_alteration_passes_from_the_day_on_which_the_authority_knows if {
	passes with input as of(true, [alteration({})])
	control.findings == {{
		"code": "informed_after",
		"resource": "r-1",
		"message": "the alteration \"Release 4.3\" on 2026-10-02, before the authority was informed on 2026-10-03",
		"path": ["alterations", 1, "authority_informed"],
	}} with input as of(true, [alteration({}), alteration({"authority_informed": "2026-10-03"})])
}

test_an_alteration_of_which_the_authority_is_not_told_fails if {
	every broken in [null, "", "soon", 7, []] {
		control.findings == {{
			"code": "not_informed",
			"resource": "r-1",
			"message": "the alteration \"Release 4.3\" on 2026-10-02, and no day is recorded on which the authority was informed of it",
			"path": ["alterations", 0, "authority_informed"],
		}} with input as of(true, [alteration({"authority_informed": broken})])
	}
	codes == {"not_informed"} with input as of(false, [alteration({"authority_informed": null})])
}

test_an_alteration_has_a_day if {
	every broken in [null, "", "soon", 7, []] {
		codes == {"no_day"} with input as of(true, [alteration({"day": broken})])
	}
	every broken in [null, 7, "x", [], {}] {
		control.findings == {{
			"code": "no_day",
			"resource": "r-1",
			"message": "no day is stated for alteration 1",
			"path": ["alterations", 0, "day"],
		}} with input as of(true, [broken])
	}
}

test_an_alteration_without_its_key_is_like_one_without_a_value if {
	codes == {"not_informed"} with input as of(true, [json.remove(alteration({}), ["authority_informed"])])
	codes == {"no_day"} with input as of(true, [json.remove(alteration({}), ["day"])])
	{finding.message | some finding in control.findings} == {"no day is stated for alteration 1"} with input as of(true, [{"what": "TBD"}])
}

test_what_cannot_affect_the_evaluation_or_is_still_to_come_passes if {
	passes with input as of(true, [alteration({"authority_informed": null, "without_effect": "Texts for users only"})])
	codes == {"not_informed"} with input as of(true, [alteration({"authority_informed": null, "without_effect": "n/a"})])
	passes with input as of(true, [alteration({"day": "2026-11-22", "authority_informed": null})])
	codes == {"not_informed"} with input as of(true, [alteration({"day": "2026-11-21", "authority_informed": null})])
}

test_alterations_are_listed if {
	every broken in [null, 7, "x", [], {}, {"a": alteration({})}] {
		control.findings == {{
			"code": "not_listed",
			"resource": "r-1",
			"message": "the system was altered after the incident and no alteration is recorded",
			"path": ["alterations"],
		}} with input as of(true, broken)
	}
}

test_whether_it_was_altered_is_stated if {
	every broken in [null, 7, "yes", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["altered"],
			"reason": "whether the system was altered after the incident is not stated",
		}} with input as of(broken, [])
		codes == set() with input as of(broken, [])
	}
	control.resources == {"r-1"} with input as make.of_kind("incident", {}, {})
	unclear == {["altered"]} with input as make.of_kind("incident", {}, {})
}

test_what_is_no_serious_incident_is_not_looked_at if {
	every facts in [{"altered": true}, {}, {"altered": true, "alterations": [{}, alteration({"authority_informed": null})]}] {
		spared := make.of_kind("incident", object.union(facts, {"not_serious": "Nobody was harmed"}), {})
		control.resources == set() with input as spared
		codes == set() with input as spared
		unclear == set() with input as spared
	}
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

alteration(changes) := object.union({"what": "Release 4.3", "day": "2026-10-02", "authority_informed": "2026-10-02"}, changes)

of(altered, alterations) := make.of_kind("incident", {"altered": altered, "alterations": alterations}, {})
