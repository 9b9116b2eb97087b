package policyctl.lib.gpai_test

import data.policyctl.lib.gpai
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_computation_is_compared_with_ten_to_the_25 if {
	gpai.compute == "within" with input as of(make.amount(1, 25))
	gpai.compute == "over" with input as of(make.amount(1.00000000000001, 25))
	gpai.compute == "within" with input as of(make.amount(9.99999999999999, 24))
	gpai.compute == "over" with input as of(make.amount(1, 26))
	gpai.compute == "within" with input as of(make.amount(2.5, -1))
}

test_what_is_no_amount_is_unclear if {
	every broken in ["3.8e25", 3.8, {}, [], true, {"significand": 3.8}, {"exponent": 25}, make.amount("3.8", 25), make.amount(3.8, "25"), make.amount(0, 0)] {
		gpai.compute == "unclear" with input as of(broken)
	}
	gpai.compute == "absent" with input as of(null)
	gpai.compute == "absent" with input as make.model({})
}

test_computation_is_written_as_people_do if {
	gpai.written_compute == "3.8e25" with input as make.big({})
}

test_systemic_risk_is_what_is_stated_or_presumed if {
	gpai.systemic == "yes" with input as make.big({})
	gpai.systemic == "yes" with input as make.small({"systemic_risk": {"present": true}})
	gpai.systemic == "yes" with input as make.model({"systemic_risk": {"present": true}})
	gpai.systemic == "yes" with input as make.big({"systemic_risk": {"present": false}})
	gpai.systemic == "yes" with input as make.big({"systemic_risk": null})
	gpai.systemic == "no" with input as make.small({})
}

test_that_there_is_none_counts_only_with_the_computation if {
	gpai.systemic == "unclear" with input as make.model({"systemic_risk": {"present": false}})
	gpai.systemic == "unclear" with input as make.small({"training_compute": "3.8e24"})
	gpai.systemic == "unclear" with input as make.small({"systemic_risk": {"present": "false"}})
	gpai.systemic == "unclear" with input as make.small({"systemic_risk": "none"})
}

test_a_presumption_ends_when_the_arguments_are_accepted if {
	gpai.systemic == "no" with input as rebutted(false, [record.evidence("Decision")])
	gpai.systemic == "yes" with input as rebutted(true, [record.evidence("Decision")])
	gpai.systemic == "yes" with input as rebutted(null, [record.evidence("Decision")])
	gpai.systemic == "yes" with input as rebutted(false, [object.union(record.evidence("Decision"), {"state": "changed"})])
}

test_an_open_model_without_systemic_risk_is_exempt if {
	gpai.exempt == "yes" with input as make.small({"open_source": make.open})
	gpai.exempt == "no" with input as make.big({"open_source": make.open})
	gpai.exempt == "unclear" with input as make.model({"open_source": make.open})
	gpai.exempt == "no" with input as make.small({})
	gpai.claims_open_source == true with input as make.small({"open_source": null})
	gpai.claims_open_source == false with input as make.small({})
}

test_a_claim_lacks_what_it_does_not_show if {
	gpai.open_source_defects == set() with input as make.small({"open_source": make.open})
	gpai.open_source_defects == {"licence", "weights", "architecture", "usage"} with input as make.small({})
	gpai.open_source_defects == {"licence"} with input as make.small({"open_source": object.union(make.open, {"licence": "llama3.1"})})
	gpai.open_source_defects == {"licence"} with input as make.small({"open_source": object.remove(make.open, ["licence"])})
	every broken in ["", null, 7, "yes", "ftp://example.org/a", "https://localhost/a", "at https://example.org"] {
		gpai.open_source_defects == {"weights"} with input as make.small({"open_source": object.union(make.open, {"weights": broken})})
	}
}

test_doubts_say_what_is_not_stated if {
	paths(gpai.systemic_doubts) == {["systemic_risk"], ["training_compute"]} with input as make.model({})
	paths(gpai.systemic_doubts) == {["systemic_risk"]} with input as make.small({"systemic_risk": {"present": null}})
	paths(gpai.systemic_doubts) == {["training_compute"]} with input as make.small({"training_compute": 7})
	gpai.systemic_doubts == set() with input as make.model({"systemic_risk": {"present": true}})
	gpai.systemic_doubts == set() with input as make.model({"training_compute": make.amount(2, 25)})
	gpai.exemption_doubts == set() with input as make.model({})
	count(gpai.exemption_doubts) == 2 with input as make.model({"open_source": make.open})
}

test_duties_are_due_when_they_apply if {
	gpai.due("2026-03-02") == "2026-03-02" with input as make.model({})
	gpai.due("2025-08-01") == "2025-08-02" with input as make.model({})
	gpai.due("2026-03-02") == "2027-08-02" with input as make.model({"placed_on_market": "2025-08-01"})
	gpai.due("2027-08-03") == "2027-08-03" with input as make.model({"placed_on_market": "2025-08-01"})
	gpai.due("2026-03-02") == "2026-03-02" with input as make.model({"placed_on_market": "2025-08-02"})
	gpai.due("2026-03-02") == "2026-03-02" with input as make.model({"placed_on_market": "2025"})
	gpai.due("soon") == null with input as make.model({})
	gpai.due(null) == null with input as make.model({"placed_on_market": "2025-08-01"})
}

test_countries_are_in_the_union_or_not if {
	every country in ["AT", "DE", "GR", "SK"] {
		gpai.in_union(country) == "yes"
	}
	every country in ["CH", "GB", "US", "NO", "EU"] {
		gpai.in_union(country) == "no"
	}
	every country in [null, 7, "", "usa", "USA", "de", ["DE"]] {
		gpai.in_union(country) == "unclear"
	}
}

paths(doubts) := {doubt.path | some doubt in doubts}

of(compute) := make.model({"training_compute": compute})

rebutted(present, accepted) := make.big({"systemic_risk": {"present": present, "accepted": accepted}})
