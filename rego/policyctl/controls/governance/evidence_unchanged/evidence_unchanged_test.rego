package policyctl.controls.governance.evidence_unchanged_test

import data.policyctl.controls.governance.evidence_unchanged as control
import data.policyctl.testing.system as make

test_evidence_that_is_what_was_attested_passes if {
	control.resources == {"oversight/assigned"} with input as supported([evidence("same")])
	codes == set() with input as supported([evidence("same")])
	control.undetermined == set() with input as supported([evidence("same")])
}

test_evidence_that_changed_fails_each_for_itself if {
	control.findings == {{
		"code": "evidence_changed",
		"resource": "oversight/assigned",
		"message": "the evidence Minutes is not what was attested",
		"path": ["attested", "oversight", "assigned", "evidence", 1],
	}} with input as supported([evidence("same"), evidence("changed")])
	count(control.findings) == 2 with input as supported([evidence("changed"), evidence("changed")])
}

test_evidence_that_is_gone_is_undetermined if {
	codes == set() with input as supported([evidence("missing")])
	reasons == {"the file of the evidence is not there"} with input as supported([evidence("missing")])
}

test_evidence_that_is_kept_elsewhere_is_not_looked_at if {
	control.resources == set() with input as supported([evidence("elsewhere")])
}

test_where_nobody_attests_there_is_nothing_to_look_at if {
	control.resources == set() with input as make.described({}, {}, {})
	control.undetermined == set() with input as make.described({}, {}, {})
}

test_what_is_broken_is_undetermined if {
	every broken in [null, 7, "x", [], true] {
		reasons == {"what is attested cannot be read"} with input as make.described({}, {}, broken)
		reasons == {"what is attested cannot be read"} with input as make.described({}, {}, {"oversight": broken})
		reasons == {"what is attested cannot be read"} with input as make.described({}, {}, {"oversight": {"assigned": broken}})
		reasons == {"what is attested cannot be read"} with input as supported([broken])
	}
	every broken in [null, 7, "x", {}, true] {
		reasons == {"what is attested cannot be read"} with input as supported(broken)
	}
}

test_a_document_without_attestations_is_undetermined if {
	reasons == {"what is attested cannot be read"} with input as json.remove(make.described({}, {}, {}), ["attested"])
}

test_evidence_without_a_title_is_named_all_the_same if {
	{finding.message | some finding in control.findings} == {"the evidence without a title is not what was attested"} with input as supported([{"state": "changed"}])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "oversight",
		"path": ["attested", "oversight"],
		"reason": "what is attested cannot be read",
	}} with input as make.described({}, {}, {"oversight": 7})
	control.undetermined == {{
		"resource": "credit-scoring",
		"path": ["attested"],
		"reason": "what is attested cannot be read",
	}} with input as make.described({}, {}, 7)
	control.undetermined == set() with input as supported([{"state": "changed"}])
	control.undetermined == {{
		"resource": "oversight/assigned",
		"path": ["attested", "oversight", "assigned", "evidence", 0],
		"reason": "what is attested cannot be read",
	}} with input as supported(7)
}

codes := {finding.code | some finding in control.findings}

reasons := {entry.reason | some entry in control.undetermined}

evidence(state) := {"title": "Minutes", "sha256": make.digest, "state": state}

supported(listed) := make.described({}, {}, {"oversight": {"assigned": make.attestation({"evidence": listed})}})
