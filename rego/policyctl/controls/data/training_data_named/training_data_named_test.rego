package policyctl.controls.data.training_data_named_test

import data.policyctl.controls.data.training_data_named as control
import data.policyctl.testing.model_card as make

test_a_model_that_names_a_dataset_passes if {
	control.resources == {"README.md"} with input as of({"datasets": [{"id": "imdb"}]})
	control.findings == set() with input as of({"datasets": [{"id": "imdb"}]})
}

test_a_model_that_describes_its_data_passes if {
	codes == set() with input as of({"sections": [make.section("training_data", 15)]})
	codes == {"short"} with input as of({"sections": [make.section("training_data", 14)]})
}

test_a_model_that_does_neither_fails if {
	control.findings == {{
		"code": "missing",
		"resource": "README.md",
		"message": "the card does not say what the model was trained on",
		"path": ["sections", "training_data"],
	}} with input as of({})
	codes == {"placeholder"} with input as of({"sections": [make.section("training_data", 0)]})
}

test_datasets_that_cannot_be_read_name_none if {
	every broken in [null, "imdb", {}, [null], ["imdb"], [{"id": ""}], [{"id": null}], [{"id": 1}], [[{"id": "imdb"}]]] {
		codes == {"missing"} with input as of({"datasets": broken})
	}
}

test_a_dataset_that_says_how_it_was_collected_passes if {
	codes == set() with input as of({"subject_type": "dataset", "sections": [make.section("dataset_creation", 15)]})
	control.resources == {"README.md"} with input as of({"subject_type": "dataset", "sections": [make.section("dataset_creation", 15)]})
}

test_a_dataset_that_does_not_fails if {
	{[finding.code, finding.message] | some finding in control.findings} == {["missing", "the card does not state how its data was collected"]} with input as of({"subject_type": "dataset"})
	codes == {"missing"} with input as of({"subject_type": "dataset", "datasets": [{"id": "imdb"}]})
}

test_a_card_of_unknown_kind_is_judged_as_a_model if {
	codes == {"missing"} with input as of({"subject_type": null, "sections": [make.section("dataset_creation", 50)]})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "short",
		"resource": "README.md",
		"message": "the card says too little about what the model was trained on",
		"path": ["sections", "training_data"],
	}} with input as of({"sections": [make.section("training_data", 14)]})
	control.findings == {{
		"code": "placeholder",
		"resource": "README.md",
		"message": "the card has a heading for training data and nothing under it",
		"path": ["sections", "training_data"],
	}} with input as of({"sections": [make.section("training_data", 0)]})
}

codes := {finding.code | some finding in control.findings}

of(facts) := make.card(facts, {"data": {"training_data_named": {"minimum_words": 15}}}, {})
