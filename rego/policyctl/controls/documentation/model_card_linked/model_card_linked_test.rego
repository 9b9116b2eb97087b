package policyctl.controls.documentation.model_card_linked_test

import data.policyctl.controls.documentation.model_card_linked as control
import data.policyctl.testing.kubernetes as make

complete := {"policyctl.dev/model-card": "models/scorer/MODEL_CARD.md", "policyctl.dev/evaluation": "s3://evaluations/scorer/3/report.json"}

test_two_links_pass if {
	control.resources == {"Deployment/ml/scorer"} with input as of({"annotations": complete})
	control.findings == set() with input as of({"annotations": complete})
}

test_each_missing_link_is_a_finding if {
	codes == {"no_model_card", "no_evaluation"} with input as of({})
	codes == {"no_model_card"} with input as of({"annotations": object.remove(complete, {"policyctl.dev/model-card"})})
	codes == {"no_evaluation"} with input as of({"annotations": object.remove(complete, {"policyctl.dev/evaluation"})})
	{finding.path | some finding in control.findings} == {["metadata", "annotations"]} with input as of({})
}

test_a_uri_a_path_and_a_digest_are_links if {
	every link in [
		"https://models.acme.io/scorer/card",
		"https://models.acme.io:8443",
		"http://[fd00::1]/card",
		"models:/scorer/3",
		"file:///cards/scorer.md",
		"oci://registry.acme.io/cards/scorer@sha256:3f",
		"registry.acme.io:5000/cards/scorer:3",
		"git+ssh://git@git.acme.io/cards.git",
		"../docs/MODEL_CARD.md",
		"/cards/scorer",
		"cards/scorer/",
		"MODEL_CARD.md",
		" MODEL_CARD.md ",
		sprintf("sha256:%s", [digits]),
	] {
		codes_of_card(link) == set()
	}
}

test_a_word_a_placeholder_and_a_name_that_nobody_has_are_none if {
	every nothing in [
		"yes",
		"see wiki",
		"see docs/card.md",
		"1.0",
		"https://",
		"https:// ",
		"https://...",
		".../...",
		"https://example.com/card",
		"https://cards.example.org",
		"https://user@EXAMPLE.net:8080/card",
		"http://localhost:8000/card",
		"https://cards.test",
		"example.com/card.md",
		"https://tbd/",
		"https://models.acme.io/<model>/card",
		"https://models.acme.io/{model}",
		"sha256:3f",
		"sha256:abc",
	] {
		codes_of_card(nothing) == {"model_card_not_linked"}
	}
}

test_a_name_that_is_only_like_a_reserved_one_is_a_link if {
	every link in ["https://example.com.acme.io/card", "https://myexample.com/card", "https://acme.io/example.com", "https://testing.acme.io"] {
		codes_of_card(link) == set()
	}
}

test_a_finding_says_what_leads_nowhere if {
	control.findings == {{
		"code": "evaluation_not_linked",
		"resource": "Deployment/ml/scorer",
		"message": "done is no link to the model's evaluation",
		"path": ["metadata", "annotations", "evaluation"],
	}} with input as of({"annotations": object.union(object.remove(complete, {"policyctl.dev/evaluation"}), {"evaluation": "done"})})
}

test_beside_a_link_another_annotation_may_hold_any_word if {
	codes == set() with input as of({"annotations": object.union(complete, {"evaluation": "done"})})
}

test_what_says_nothing_is_no_link if {
	every nothing in ["", "TBD", "${CARD}", null, 1, ["a/b"], {}] {
		codes_of_card(nothing) == {"no_model_card"}
	}
}

test_a_digest_may_stand_in_a_label if {
	codes == set() with input as of({"labels": {"model-card": "card-3.md", "evaluation": "report-3.json"}})
}

test_a_model_that_another_service_loads_is_served if {
	codes == {"no_model_card", "no_evaluation"} with input as of({"serving": false, "kind": "TrainedModel"})
}

test_what_serves_no_model_is_not_looked_at if {
	every facts in [{"ai_workload": false}, {"serving": false}, {"serving": false, "kind": "PyTorchJob"}] {
		control.resources == set() with input as of(facts)
		control.findings == set() with input as of(object.union(facts, {"annotations": {"evaluation": "done"}}))
	}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_model_card",
		"resource": "Deployment/ml/scorer",
		"message": "no annotation links the model's card",
		"path": ["metadata", "annotations"],
	}} with input as of({"annotations": object.remove(complete, {"policyctl.dev/model-card"})})
}

codes_of_card(value) := found if {
	found := codes with input as of({"annotations": object.union(complete, {"policyctl.dev/model-card": value})})
}

digits := "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

codes := {finding.code | some finding in control.findings}

of(facts) := make.object_of(facts, {"documentation": {"model_card_linked": {
	"card_keys": ["policyctl.dev/model-card", "model-card"],
	"evaluation_keys": ["policyctl.dev/evaluation", "evaluation"],
}}})
