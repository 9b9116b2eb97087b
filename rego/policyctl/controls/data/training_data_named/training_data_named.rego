package policyctl.controls.data.training_data_named

import data.policyctl.lib.model_card

resources := model_card.cards

# METADATA
# description: A model's card names no data set in its metadata, and its text does not say what the model was trained on.
findings contains finding if {
	some id in model_card.models
	count(_named) == 0
	code := model_card.state("training_data", _minimum)
	reason := _reasons[code]

	finding := {
		"code": code,
		"resource": id,
		"message": reason,
		"path": ["sections", "training_data"],
	}
}

# METADATA
# description: A dataset's card does not say where the data comes from.
findings contains finding if {
	some _ in model_card.datasets
	some finding in model_card.defects("dataset_creation", _minimum, "how its data was collected")
}

_named contains dataset.id if {
	some dataset in input.facts.datasets
	model_card.text(dataset.id, "") != ""
}

_reasons := {
	"missing": "the card does not say what the model was trained on",
	"placeholder": "the card has a heading for training data and nothing under it",
	"short": "the card says too little about what the model was trained on",
}

_minimum := input.profile.parameters.data.training_data_named.minimum_words
