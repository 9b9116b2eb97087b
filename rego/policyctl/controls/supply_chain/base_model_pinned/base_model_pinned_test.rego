package policyctl.controls.supply_chain.base_model_pinned_test

import data.policyctl.controls.supply_chain.base_model_pinned as control
import data.policyctl.testing.model_card as make

test_a_base_model_with_a_revision_passes if {
	control.resources == {"README.md"} with input as of([base({})], [])
	control.findings == set() with input as of([base({})], [])
	control.undetermined == set() with input as of([base({})], ["lora"])
}

test_a_base_model_without_a_revision_fails if {
	control.findings == {{
		"code": "no_revision",
		"resource": "README.md",
		"message": "base model openai/whisper-small is named without a revision",
		"path": ["metadata", "base_model"],
	}} with input as of([object.remove(base({}), {"revision"})], [])
}

test_a_name_that_moves_is_no_revision if {
	every broken in ["main", "Master", "latest", "HEAD", "", " ", null, 1, ["0c94"]] {
		codes == {"no_revision"} with input as of([base({"revision": broken})], [])
	}
}

test_a_base_model_without_a_name_fails if {
	every broken in [null, "", 1] {
		codes == {"no_revision"} with input as of([base({"id": broken})], [])
	}
	every broken in [[null], ["openai/whisper-small"], [[base({})]]] {
		codes == {"no_revision"} with input as of(broken, [])
	}
}

test_each_of_several_base_models_must_be_pinned if {
	codes == {"no_revision"} with input as of([base({}), base({"revision": "main"})], [])
}

test_a_model_that_was_made_from_another_must_name_it if {
	every tag in ["lora", "PEFT", "fine_tuned", "base_model:adapter:google/gemma", "qlora"] {
		codes == {"no_base_model"} with input as of([], [tag])
	}
}

test_a_model_that_was_trained_from_scratch_passes if {
	codes == set() with input as of([], ["pytorch", "from-scratch"])
	control.undetermined == set() with input as of([], ["Trained_From_Scratch"])
}

test_a_claim_of_both_fails if {
	codes == {"no_base_model"} with input as of([], ["from-scratch", "lora"])
}

test_a_card_that_says_neither_is_undetermined if {
	every tags in [[], ["pytorch"], null, "from-scratch", {}, [null], [1], [["from-scratch"]]] {
		codes == set() with input as of([], tags)
		count(control.undetermined) == 1 with input as of([], tags)
	}
}

test_base_models_that_cannot_be_read_do_not_pass if {
	every broken in [null, "openai/whisper-small", {}] {
		count(control.undetermined) == 1 with input as of(broken, ["from-scratch"])
	}
	count(control.undetermined) == 1 with input as {"facts": object.remove(of([], []).facts, {"base_models"})}
}

test_a_dataset_is_not_looked_at if {
	document := make.card({"subject_type": "dataset", "tags": ["lora"], "base_models": [{}]}, {}, {})
	control.resources == set() with input as document
	control.findings == set() with input as document
	control.undetermined == set() with input as document
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_base_model",
		"resource": "README.md",
		"message": "the tag lora says that it was made from another model, which is not named",
		"path": ["metadata", "base_model"],
	}} with input as of([], ["lora"])
	control.findings == {{
		"code": "no_revision",
		"resource": "README.md",
		"message": "base model without a name is named without a revision",
		"path": ["metadata", "base_model"],
	}} with input as of([base({"id": 1})], [])
	control.findings == set() with input as of([base({})], ["lora"])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "base_model"],
		"reason": "the base models could not be read",
	}} with input as of({}, ["from-scratch"])
	control.undetermined == set() with input as of([], ["from-scratch", "lora"])
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "base_model"],
		"reason": "no base model is named, and no tag says that it was trained from scratch",
	}} with input as of([], [])
}

test_every_tag_that_speaks_of_another_model_asks_for_its_name if {
	every tag in [
		"adapter", "dpo", "finetune", "finetuned", "fine-tune", "Fine_Tuned", "grpo", "instruction-tuned", "lora", "merge",
		"mergekit", "orpo", "peft", "qlora", "quantized", "rlhf", "sft", "base_model:a/b", "Base-model:a/b",
	] {
		codes == {"no_base_model"} with input as of([], [tag])
	}
}

test_what_is_no_model_has_no_base_model if {
	every bases in [null, []] {
		document := make.card({"subject_type": "dataset", "base_models": bases, "tags": ["lora"]}, {}, {})
		control.findings == set() with input as document
		control.undetermined == set() with input as document
	}
}

codes := {finding.code | some finding in control.findings}

base(changes) := object.union({"id": "openai/whisper-small", "revision": "973afd24965f72e36ca33b3055d56a652f456b4d"}, changes)

of(bases, tags) := make.card({"base_models": bases, "tags": tags}, {}, {})
