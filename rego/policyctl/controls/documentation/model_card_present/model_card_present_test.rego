package policyctl.controls.documentation.model_card_present_test

import data.policyctl.controls.documentation.model_card_present as control
import data.policyctl.testing.model as make

test_a_card_passes if {
	control.resources == {"mlflow:wine/1"} with input as of(card)
	control.findings == set() with input as of(card)
}

test_a_version_without_a_card_fails if {
	control.findings == {{
		"code": "no_card",
		"resource": "mlflow:wine/1",
		"message": "the version has no card",
		"path": ["card"],
	}} with input as make.version({}, {}, {})
	every broken in [null, "", "MODEL_CARD.md", 7, true, [card]] {
		codes == {"no_card"} with input as of(broken)
	}
}

test_the_card_of_a_dataset_is_none_of_a_model if {
	control.findings == {{
		"code": "not_of_a_model",
		"resource": "mlflow:wine/1",
		"message": "MODEL_CARD.md is no card of a model",
		"path": ["card"],
	}} with input as of(object.union(card, {"facts": {"subject_type": "dataset"}}))
	every broken in [null, "", {}, {"subject_type": null}, {"subject_type": ["model"]}] {
		codes == {"not_of_a_model"} with input as of(object.union(object.remove(card, {"facts"}), {"facts": broken}))
	}
	{finding.message | some finding in control.findings} == {"the card is no card of a model"} with input as of(object.remove(card, {"facts", "path"}))
}

test_a_card_without_a_digest_fails if {
	control.findings == {{
		"code": "not_bound",
		"resource": "mlflow:wine/1",
		"message": "the digest of the version's card is not known",
		"path": ["card", "sha256"],
	}} with input as of(object.remove(card, {"sha256"}))
	every broken in [null, "", "0f3c", 7] {
		codes == {"not_bound"} with input as of(object.union(card, {"sha256": broken}))
	}
}

codes := {finding.code | some finding in control.findings}

card := {"path": "MODEL_CARD.md", "sha256": make.digest, "in_artefact": true, "facts": {"subject_type": "model"}}

of(card) := make.version({"card": card}, {}, {})
