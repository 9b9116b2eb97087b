# METADATA
# scope: package
# description: |
#   Questions about a bill of materials (BOM): the models and datasets that it lists. No control logic. Functions are total, so that
#   absence has a name.
package policyctl.lib.bom

# METADATA
# description: The models that can be told apart, in their order.
models := [model | some model in _models; _is_known(model)]

# METADATA
# description: The datasets that can be told apart, in their order.
datasets := [dataset | some dataset in _datasets; _is_known(dataset)]

# METADATA
# description: The ids of the models.
model_ids contains model.id if some model in models

# METADATA
# description: The ids of the datasets.
dataset_ids contains dataset.id if some dataset in datasets

# METADATA
# description: Models of which nothing can be told, as entries of `undetermined`.
unread_models contains _unread("model", index) if {
	some index, model in _models
	not _is_known(model)
}

# METADATA
# description: Datasets of which nothing can be told, as entries of `undetermined`.
unread_datasets contains _unread("dataset", index) if {
	some index, dataset in _datasets
	not _is_known(dataset)
}

# METADATA
# description: A text that says something, or the given word where it does not.
text(value, otherwise) := value if {
	is_string(value)
	trim_space(value) != ""
} else := otherwise

# METADATA
# description: The list under a key of a thing, an empty one where there is none.
listed(thing, key) := thing[key] if {
	is_array(thing[key])
} else := []

# METADATA
# description: The path of what stands below a thing that knows its place.
at(thing, steps) := array.concat(thing.path, steps) if {
	is_array(thing.path)
} else := steps

_is_known(thing) if {
	is_string(thing.id)
	thing.id != ""
}

_unread(what, index) := {
	"resource": input.facts.id,
	"path": [],
	"reason": sprintf("what the BOM says of its %s %d could not be read", [what, index]),
}

default _models := []

_models := input.facts.models

default _datasets := []

_datasets := input.facts.datasets
