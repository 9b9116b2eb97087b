package policyctl.controls.incidents.others_informed_test

import data.policyctl.controls.incidents.others_informed as control
import data.policyctl.testing.record as make

test_everybody_told_passes if {
	passes with input as of("provider", everybody)
	passes with input as of("deployer", [told("provider", "2026-10-02"), told("importers", "2026-10-02")])
	passes with input as of("deployer", [told("provider", "2026-10-02"), needless("distributors")])
}

test_a_provider_tells_each_party_or_says_why_not if {
	control.findings == {{
		"code": "not_informed",
		"resource": "r-1",
		"message": "informing the authorised representative, the deployers, the distributors, the importers is not recorded, nor why it is not needed",
		"path": ["informed"],
	}} with input as of("provider", [])
	every who in ["deployers", "distributors", "importers", "authorised_representative"] {
		codes == {"not_informed"} with input as of("provider", [entry | some entry in everybody; entry.who != who])
	}
	every broken in [null, 7, "x", {}, {"a": told("deployers", "2026-10-02")}] {
		codes == {"not_informed"} with input as of("provider", broken)
	}
	codes == {"not_informed"} with input as json.remove(of("provider", []), ["facts/informed"])
}

test_a_deployer_tells_the_provider_and_the_importer_or_distributor if {
	control.findings == {{
		"code": "not_informed",
		"resource": "r-1",
		"message": "informing the distributors or the importers, the provider is not recorded, nor why it is not needed",
		"path": ["informed"],
	}} with input as of("deployer", [])
	codes == {"not_informed"} with input as of("deployer", [told("importers", "2026-10-02")])
	codes == {"not_informed"} with input as of("deployer", [told("provider", "2026-10-02")])
}

test_who_is_named_has_a_day_or_a_reason if {
	every broken in [{}, {"day": null}, {"day": "soon"}, {"day": "2026-11-22"}, {"not_needed": "n/a"}, {"not_needed": true}] {
		control.findings == {{
			"code": "not_informed",
			"resource": "r-1",
			"message": "no day is recorded for informing the deployers, nor why it is not needed",
			"path": ["informed", 4],
		}} with input as of("provider", array.concat(everybody, [object.union({"who": "deployers"}, broken)]))
	}
}

test_others_than_the_law_names_are_not_looked_at if {
	every more in [null, 7, "x", [], {}, {"who": "x"}, {"who": "notified_body"}, {"who": "affected_persons", "day": "2026-11-05"}] {
		passes with input as of("provider", array.concat(everybody, [more]))
	}
}

test_until_the_last_day_nothing_is_missing if {
	passes with input as make.of_kind("incident", {"aware": "2026-11-18", "role": "provider", "informed": [{"who": "deployers"}]}, parameters)
	codes == {"not_informed"} with input as make.of_kind("incident", {"aware": "2026-11-17", "role": "provider", "informed": [{"who": "deployers"}]}, parameters)
}

test_who_is_told_after_the_last_day_is_told_late if {
	passes with input as of("provider", array.concat(everybody, [told("deployers", "2026-10-04")]))
	control.findings == {{
		"code": "informed_late",
		"resource": "r-1",
		"message": "informing the deployers took until 2026-10-05; 2026-10-04 was the last day for it",
		"path": ["informed", 4, "day"],
	}} with input as of("provider", array.concat(everybody, [told("deployers", "2026-10-05")]))
}

test_a_deployer_tells_the_provider_first if {
	control.findings == {{
		"code": "provider_not_first",
		"resource": "r-1",
		"message": "the provider was informed on 2026-10-04, after others on 2026-10-02",
		"path": ["informed", 1, "day"],
	}} with input as of("deployer", [told("importers", "2026-10-02"), told("provider", "2026-10-04"), told("notified_body", "2026-10-03")])
	reported := json.patch(
		of("deployer", [told("importers", "2026-10-03"), told("provider", "2026-10-03")]),
		[{"op": "add", "path": "facts/reports", "value": [{"to": "Authority", "day": "2026-10-02"}]}],
	)
	codes == {"provider_not_first"} with input as reported
	codes == set() with input as json.patch(reported, [{"op": "replace", "path": "facts/reports/0/day", "value": "2026-10-03"}])
	passes with input as of("provider", array.concat(everybody, [told("provider", "2026-10-03")]))
}

test_what_was_told_has_evidence if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no evidence of informing the deployers is named by its digest",
		"path": ["informed", 4, "evidence"],
	}} with input as of("provider", array.concat(everybody, [{"who": "deployers", "day": "2026-10-02"}]))
	every state, message in {"changed": "the evidence of informing the importers is not what its digest says", "missing": "the file with the evidence of informing the importers is not there"} {
		control.findings == {{
			"code": sprintf("evidence_%s", [state]),
			"resource": "r-1",
			"message": message,
			"path": ["informed", 4, "evidence"],
		}} with input as of("provider", array.concat(everybody, [{"who": "importers", "day": "2026-10-02", "evidence": [{"title": "L", "sha256": make.digest, "state": state}]}]))
	}
}

test_each_party_has_its_name if {
	{finding.message | some finding in control.findings} == {sprintf("no evidence of informing %s is named by its digest", [name]) |
		some name in ["the deployers", "the distributors", "the importers", "the authorised representative"]
	} with input as of("provider", [{"who": who, "day": "2026-10-02"} |
		some who in ["deployers", "distributors", "importers", "authorised_representative"]
	])
	{finding.message | some finding in control.findings} == {
		"no evidence of informing the provider is named by its digest",
		"no evidence of informing the importers is named by its digest",
	} with input as of("deployer", [{"who": "provider", "day": "2026-10-02"}, {"who": "importers", "day": "2026-10-02"}])
}

test_without_role_or_awareness_nothing_can_be_told if {
	control.undetermined == {
		{"resource": "r-1", "path": ["aware"], "reason": "the day on which the organisation became aware, from which the time counts, is not stated"},
		{"resource": "r-1", "path": ["role"], "reason": "whether the organisation is the provider or a deployer, which decides who is informed, is not stated"},
	} with input as make.of_kind("incident", {}, parameters)
	codes == set() with input as make.of_kind("incident", {}, parameters)
	codes == set() with input as make.of_kind("incident", {"role": "provider", "informed": [told("deployers", "2026-10-02"), {}]}, parameters)
	every broken in [null, 7, "importer", [], ["provider"]] {
		codes == set() with input as of(broken, everybody)
		unclear == {["role"]} with input as of(broken, everybody)
	}
}

test_what_is_no_serious_incident_is_not_looked_at if {
	every listed in [[], [{}], [{"who": "importers", "day": "2026-10-06"}, {"who": "provider", "day": "2026-10-07"}]] {
		every role in ["deployer", "x"] {
			spared := json.patch(of(role, listed), [{"op": "add", "path": "facts/not_serious", "value": "Nobody was harmed"}])
			control.resources == set() with input as spared
			codes == set() with input as spared
			unclear == set() with input as spared
		}
	}
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

everybody := [told("deployers", "2026-10-02"), needless("distributors"), needless("importers"), needless("authorised_representative")]

told(who, day) := {"who": who, "day": day, "evidence": [make.evidence("Letter")]}

needless(who) := {"who": who, "not_needed": "There is none"}

of(role, informed) := make.of_kind("incident", {"aware": "2026-10-01", "role": role, "informed": informed}, parameters)

parameters := {"incidents": {"others_informed": {"maximum_days": 3}}}
