package policyctl.controls.gpai.open_source_exemption_test

import data.policyctl.controls.gpai.open_source_exemption as control
import data.policyctl.testing.gpai as make

test_a_claim_that_lacks_nothing_passes if {
	control.resources == {"r-1"} with input as make.small({"open_source": make.open})
	control.findings == set() with input as make.small({"open_source": make.open})
	control.undetermined == set() with input as make.small({"open_source": make.open})
}

test_the_licence_is_known_to_be_free if {
	control.findings == {{
		"code": "licence_not_free",
		"resource": "r-1",
		"message": "the model is claimed to be free and open-source under a licence that is not known as such: llama3.1",
		"path": ["open_source", "licence"],
	}} with input as claimed({"licence": "llama3.1"})
	messages == {"the model is claimed to be free and open-source under a licence that is not known as such: nothing is stated"} with input as make.small({"open_source": object.remove(make.open, ["licence"])})
}

test_each_part_has_a_public_address if {
	every key, what in public {
		control.findings == {{
			"code": sprintf("%s_not_public", [key]),
			"resource": "r-1",
			"message": sprintf("the model is claimed to be free and open-source, and no address is named at which %s", [what]),
			"path": ["open_source", key],
		}} with input as claimed({key: "for partners"})
	}
}

test_with_systemic_risk_there_is_no_exemption if {
	control.findings == {{
		"code": "systemic_risk",
		"resource": "r-1",
		"message": "the exemption for open models is claimed for a model with systemic risk",
		"path": ["open_source"],
	}} with input as make.big({"open_source": make.open})
}

test_unknown_risk_is_undetermined if {
	count(control.undetermined) == 2 with input as make.model({"open_source": make.open})
	control.findings == set() with input as make.model({"open_source": make.open})
}

test_a_claim_that_cannot_be_read_lacks_everything if {
	every broken in [null, "", 7, [], {}, [make.open]] {
		control.resources == {"r-1"} with input as make.small({"open_source": broken})
		count(control.findings) == 4 with input as make.small({"open_source": broken})
	}
}

test_a_model_that_is_described_and_claims_nothing_is_not_looked_at if {
	every document in [make.small({"description": {}}), make.big({"description": {}}), make.model({"description": {}})] {
		control.resources == set() with input as document
		control.findings == set() with input as document
		control.undetermined == set() with input as document
	}
}

test_a_model_that_is_neither_described_nor_claimed_to_be_open_is_undetermined if {
	every document in [make.small({}), make.small({"description": "Text"})] {
		control.findings == set() with input as document
		control.undetermined == {{
			"resource": "r-1",
			"path": ["open_source"],
			"reason": "the record neither claims the exemption for open models nor describes the model",
		}} with input as document
	}
}

messages := {finding.message | some finding in control.findings}

claimed(changes) := make.small({"open_source": object.union(make.open, changes)})

public := {
	"weights": "its weights are public",
	"architecture": "the information on its architecture is public",
	"usage": "the information on its use is public",
}
