package policyctl.controls.data.unchanged_since_evaluation

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: The data are others than those that were recorded.
findings contains model.finding(_codes[recorded.use], message, ["data_files", index, file.digest.key]) if {
	some index, file in _files
	file.digest != null
	some recorded in _recorded
	recorded.name == file.name
	_is(recorded.digest, file) == "no"

	message := sprintf("broken is %s -> %s: %s was recorded with the digest %s, and %s now has the %s %s", [
		file.name, recorded.use,
		file.name, recorded.digest,
		file.path, file.digest.algorithm, file.digest.value,
	])
}

# METADATA
# description: The data are not where the record says.
findings contains model.finding("not_there", sprintf("%s cannot be read at %s", [file.name, file.path]), ["data_files", index, "path"]) if {
	some index, file in _files
	file.digest == null
}

# METADATA
# description: What was recorded cannot be held against a file.
undetermined contains model.untold(reason, ["data_files", index, file.digest.key]) if {
	some index, file in _files
	file.digest != null
	some recorded in _recorded
	recorded.name == file.name
	_is(recorded.digest, file) == "untold"
	reason := sprintf("%s (%s) was recorded with the digest %s, which cannot be held against a file", [file.name, recorded.use, recorded.digest])
}

# METADATA
# description: Nobody has recorded a dataset of this name.
undetermined contains model.untold(reason, ["data_files", index, "name"]) if {
	some index, file in _files
	name := file.name
	not name in _recorded_names
	reason := sprintf("neither the run nor a result has recorded a dataset named %s", [name])
}

# METADATA
# description: It is not known what became of a dataset.
undetermined contains model.untold(sprintf("it is not recorded where %s lies now", [name]), ["data_files"]) if {
	some name in _recorded_names
	not name in _file_names
}

# METADATA
# description: There is nothing that could have changed.
undetermined contains model.untold("no dataset is recorded, neither by the run nor with a result", ["datasets"]) if count(_recorded) == 0

_codes := {"training": "changed_since_training", "evaluation": "changed_since_evaluation"}

_is(digest, file) := "yes" if {
	"yes" in {model.same_data(digest, file.sha256), model.same_data(digest, file.md5)}
} else := "no" if {
	model.is_strong(digest)
	"no" in {model.same_data(digest, file.sha256), model.same_data(digest, file.md5)}
} else := "untold"

# What is recorded of each dataset, by the run and by results: its name, its digest and what it was used for.
_recorded contains {"name": _named(dataset, "name"), "digest": _written(dataset, "digest"), "use": "training"} if {
	some dataset in model.training
}

_recorded contains {"name": _named(dataset, "name"), "digest": _written(dataset, "digest"), "use": "evaluation"} if {
	some index, dataset in model.datasets
	not index in object.keys(model.training)
}

_recorded contains {"name": _named(result, "dataset"), "digest": _written(result, "dataset_digest"), "use": "evaluation"} if {
	some result in model.evaluations
}

_recorded_names := {recorded.name | some recorded in _recorded}

_file_names := {file.name | some file in _files}

_files := [read |
	some file in entry.listed(input.facts.data_files)
	read := {
		"name": _named(file, "name"),
		"path": _written(file, "path"),
		"md5": model.text(file, "md5"),
		"sha256": model.text(file, "sha256"),
		"digest": _digest(file),
	}
]

# What tells which data lie there now. A folder has no SHA-256, only the digest that DVC gives it.
_digest(file) := {"key": "sha256", "algorithm": "SHA-256", "value": model.text(file, "sha256")} if {
	model.text(file, "sha256") != null
} else := {"key": "md5", "algorithm": "MD5", "value": md5} if {
	md5 := model.text(file, "md5")
	is_string(md5)
	endswith(md5, ".dir")
} else := null

_named(one, key) := name if {
	name := model.text(one, key)
	name != null
} else := "a dataset without a name"

_written(one, key) := text if {
	text := model.text(one, key)
	text != null
} else := "nothing"
