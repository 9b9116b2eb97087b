package policyctl.controls.supply_chain.base_model_pinned

import data.policyctl.lib.model_card

resources := model_card.models

# METADATA
# description: The base model is named, and not which revision of it. Its owner can change what the name gives.
findings contains finding if {
	some id in model_card.models
	some base in _bases
	not _pinned(base)

	finding := {
		"code": "no_revision",
		"resource": id,
		"message": sprintf("base model %s is named without a revision", [_id(base)]),
		"path": ["metadata", "base_model"],
	}
}

# METADATA
# description: By its own tags the model was made from another, which is not named.
findings contains finding if {
	some id in model_card.models
	_bases == []
	some tag in input.facts.tags
	_says_tuned(tag)

	finding := {
		"code": "no_base_model",
		"resource": id,
		"message": sprintf("the tag %s says that it was made from another model, which is not named", [tag]),
		"path": ["metadata", "base_model"],
	}
}

# METADATA
# description: A card that names no base model does not say by that that there is none.
undetermined contains _unclear("no base model is named, and no tag says that it was trained from scratch") if {
	some _ in model_card.models
	_bases == []
	not _from_scratch
}

undetermined contains _unclear("the base models could not be read") if {
	some _ in model_card.models
	not is_array(_bases)
}

_pinned(base) if {
	model_card.text(base.revision, "") != ""
	revision := lower(base.revision)
	not revision in {"main", "master", "latest", "head"}
	model_card.text(base.id, "") != ""
}

_id(base) := base.id if {
	model_card.text(base.id, "") != ""
} else := "without a name"

_says_tuned(tag) if {
	is_string(tag)
	replace(lower(tag), "_", "-") in {
		"adapter", "dpo", "finetune", "finetuned", "fine-tune", "fine-tuned", "grpo", "instruction-tuned",
		"lora", "merge", "mergekit", "orpo", "peft", "qlora", "quantized", "rlhf", "sft",
	}
}

_says_tuned(tag) if {
	is_string(tag)
	some prefix in ["base_model:", "base-model:"]
	startswith(lower(tag), prefix)
}

_from_scratch if {
	some tag in input.facts.tags
	is_string(tag)
	replace(lower(tag), "_", "-") in {"from-scratch", "trained-from-scratch"}
}

_unclear(reason) := {"resource": input.facts.id, "path": ["metadata", "base_model"], "reason": reason}

default _bases := null

_bases := input.facts.base_models
