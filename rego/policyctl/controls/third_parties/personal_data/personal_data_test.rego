package policyctl.controls.third_parties.personal_data_test

import data.policyctl.controls.third_parties.personal_data as control
import data.policyctl.testing.record as make

whole := {"processed": true, "countries": ["DE", "FR"], "evidence": [make.evidence("Terms")]}

test_processing_within_the_countries_passes if {
	control.resources == {"r-1"} with input as processing(whole)
	control.findings == set() with input as processing(whole)
	control.undetermined == set() with input as processing(whole)
}

test_who_processes_none_is_not_looked_at if {
	control.resources == set() with input as processing({"processed": false})
	control.findings == set() with input as processing({"processed": false})
	control.findings == set() with input as processing({"processed": false, "countries": ["US", "Germany"]})
	control.undetermined == set() with input as processing({"processed": false})
}

test_what_is_not_said_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["personal_data", "processed"],
		"reason": "it is not recorded whether the supplier processes personal data",
	}} with input as processing({"countries": ["US"]})
	every value in [null, "false", 0, []] {
		count(control.undetermined) == 1 with input as processing({"processed": value})
		control.resources == {"r-1"} with input as processing({"processed": value})
		control.findings == set() with input as processing({"processed": value, "countries": ["US", "Germany"]})
	}
	count(control.undetermined) == 1 with input as make.of_kind("supplier", {}, parameters)
	count(control.undetermined) == 1 with input as processing("none")
}

test_the_countries_are_named if {
	control.findings == {{
		"code": "no_countries",
		"resource": "r-1",
		"message": "it is not recorded in which countries Example Models processes personal data",
		"path": ["personal_data", "countries"],
	}} with input as changed({"countries": []})
	every value in [null, "DE", {"0": "DE"}] {
		codes == {"no_countries"} with input as changed({"countries": value})
	}
}

test_a_country_is_two_capital_letters if {
	control.findings == {{
		"code": "no_country",
		"resource": "r-1",
		"message": "this is no country code of two capital letters: Germany",
		"path": ["personal_data", "countries", 1],
	}} with input as changed({"countries": ["DE", "Germany"]})
	messages == {"this is no country code of two capital letters: no text"} with input as changed({"countries": [7]})
	every value in ["de", "DEU", "", "D"] {
		codes == {"no_country"} with input as changed({"countries": [value]})
	}
}

test_another_country_needs_a_basis if {
	control.findings == {{
		"code": "no_transfer_basis",
		"resource": "r-1",
		"message": "Example Models processes personal data in US, and it is not recorded what allows that",
		"path": ["personal_data", "countries", 1],
	}} with input as changed({"countries": ["DE", "US"], "transfer_basis": "TBD"})
	codes == {"no_transfer_basis"} with input as changed({"countries": ["US"]})
	codes == set() with input as changed({"countries": ["DE", "US"], "transfer_basis": "Standard contractual clauses"})
}

test_the_terms_are_named_by_their_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: the terms on which Example Models processes personal data",
		"path": ["personal_data", "evidence"],
	}} with input as changed({"evidence": []})
	messages == {"the document is not the one that was recorded: the terms on which Example Models processes personal data"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: the terms on which Example Models processes personal data"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

changed(changes) := processing(object.union(object.remove(whole, object.keys(changes)), changes))

parameters := {"third_parties": {"personal_data": {"countries": ["DE", "FR"]}}}

processing(stated) := make.of_kind("supplier", {"name": "Example Models", "personal_data": stated}, parameters)
