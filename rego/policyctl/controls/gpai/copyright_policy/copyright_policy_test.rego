package policyctl.controls.gpai.copyright_policy_test

import data.policyctl.controls.gpai.copyright_policy as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_a_policy_that_respects_reservations_passes if {
	control.resources == {"r-1"} with input as make.model({"copyright": policy})
	control.findings == set() with input as make.model({"copyright": policy})
}

test_a_policy_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows the policy to comply with copyright is named with its SHA-256 digest",
		"path": ["copyright", "evidence"],
	}} with input as make.model({"copyright": object.remove(policy, ["evidence"])})
}

test_reservations_are_found_and_respected if {
	control.findings == {{
		"code": "no_reservations",
		"resource": "r-1",
		"message": "the record says nothing about how rights that are reserved against text and data mining are found and respected",
		"path": ["copyright", "reservations"],
	}} with input as make.model({"copyright": object.remove(policy, ["reservations"])})
}

test_an_open_model_needs_a_policy_too if {
	codes == {"no_evidence", "no_reservations"} with input as make.small({"open_source": make.open})
}

codes := {finding.code | some finding in control.findings}

policy := {"reservations": "robots.txt is read before each page", "evidence": [record.evidence("Policy")]}
