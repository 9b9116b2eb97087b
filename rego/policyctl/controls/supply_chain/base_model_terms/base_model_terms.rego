package policyctl.controls.supply_chain.base_model_terms

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.model_card
import data.policyctl.lib.stated

resources contains input.facts.id if (count(_named) + count(_stated)) + count(undetermined) > 0

# METADATA
# description: The card names a model that this one was made from, and the record says nothing of it.
findings contains model.finding("not_recorded", sprintf("the release record says nothing of the base model %s", [one.id]), one.path) if {
	some one in _named
	_alike(one, _stated) == []
}

# METADATA
# description: Its owner can change what the name gives.
findings contains model.finding("no_revision", sprintf("the base model %s is recorded without a fixed revision", [one.id]), one.path) if {
	some one in _stated
	one.revision in {"", "main", "master", "latest", "head"}
}

# METADATA
# description: What was read are the terms of another revision than the one that the model was made from.
findings contains finding if {
	some one in _stated
	some other in _alike(one, _named)
	other.revision != ""
	other.revision != one.revision

	told := [one.id, other.revision]
	finding := model.finding("other_revision", sprintf("the card names revision %[2]s of the base model %[1]s, and the release record another", told), one.path)
}

# METADATA
# description: The base model's licence or the terms that somebody read are not recorded.
findings contains finding if {
	some one in _stated
	some finding in stated.lacking(one.entry, {"licence": sprintf("the licence of the base model %s", [one.id])}, one.path)
}

findings contains finding if {
	some one in _stated
	path := array.concat(one.path, ["terms"])
	some finding in stated.unproven(entry.value(one.entry, "terms"), sprintf("the terms of the base model %s", [one.id]), path)
}

# METADATA
# description: A record names what somebody thought of; the card was written with the model.
undetermined contains model.untold("no card says what the version was made from", ["card"]) if {
	not is_array(_of_card)
}

# METADATA
# description: The terms may be those of another revision than the one that the model was made from.
undetermined contains model.untold(sprintf("the card does not say which revision of %s the version was made from", [one.id]), one.path) if {
	some one in _named
	one.revision == ""
}

# METADATA
# description: A base model without a name cannot be found in the record.
undetermined contains model.untold("a base model has no name", one.path) if {
	some one in array.concat(_named, _stated)
	one.id == ""
}

_named := [one |
	some index, base in entry.listed(_of_card)
	one := _base(base, ["card", "facts", "base_models", index])
]

_stated := [one |
	some index, base in entry.listed(model.stated("base_models"))
	one := _base(base, ["release", "base_models", index])
]

_base(base, path) := {
	"id": model_card.text(entry.value(base, "id"), ""),
	"revision": lower(model_card.text(entry.value(base, "revision"), "")),
	"entry": base,
	"path": path,
}

_alike(one, others) := [other | some other in others; lower(other.id) == lower(one.id)]

_of_card := entry.value(entry.value(model.card, "facts"), "base_models")
