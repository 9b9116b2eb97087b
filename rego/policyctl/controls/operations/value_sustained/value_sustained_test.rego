package policyctl.controls.operations.value_sustained_test

import data.policyctl.controls.operations.value_sustained as control
import data.policyctl.testing.system as make

test_what_a_person_attests_with_evidence_passes if {
	control.resources == {"credit-scoring"} with input as attested({})
	control.findings == set() with input as attested({})
	control.undetermined == set() with input as attested({})
}

test_what_a_person_attests_not_to_be_so_fails if {
	control.findings == {{
		"code": "not_sustained",
		"resource": "credit-scoring",
		"message": "it is attested that nobody checks whether the deployed system keeps its value",
		"path": ["attested", "operations", "value_sustained"],
	}} with input as attested({"conclusion": "not_met"})
	control.undetermined == set() with input as attested({"conclusion": "not_met"})
}

test_what_nobody_attests_is_undetermined if {
	control.resources == {"credit-scoring"} with input as make.unattested("operations", "value_sustained")
	control.findings == set() with input as make.unattested("operations", "value_sustained")
	codes == {"not_attested"} with input as make.unattested("operations", "value_sustained")
}

test_an_attestation_counts_to_its_last_day if {
	codes == set() with input as attested({"last_day": "2026-11-21"})
	codes == {"expired"} with input as attested({"last_day": "2026-11-20"})
}

test_an_attestation_counts_no_longer_than_the_profile_allows if {
	codes == set() with input as attested({"days": 365})
	codes == {"too_long"} with input as attested({"days": 366})
}

test_what_a_person_attests_not_to_apply_is_not_looked_at if {
	control.resources == set() with input as attested({"conclusion": "not_applicable"})
	control.undetermined == set() with input as attested({"conclusion": "not_applicable"})
}

codes := {doubt.code | some doubt in control.undetermined}

attested(changes) := make.attested("operations", "value_sustained", make.attestation(changes))
