package policyctl.controls.data.digest_strong

import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Other data may have the same digest.
findings contains model.finding("weak_digest", message, path) if {
	some digest in {recorded.digest | some recorded in _recorded}
	model.is_strong(digest) == false
	[path, name] := min({[recorded.path, recorded.name] | some recorded in _recorded; recorded.digest == digest})
	message := sprintf("the digest %s of %s has less than 128 bits in hexadecimal digits", [digest, name])
}

# METADATA
# description: A dataset of the run is recorded by its name only.
findings contains model.finding("no_digest", sprintf("%s is recorded without a digest", [_name(dataset, "name")]), ["datasets", index, "digest"]) if {
	some index, dataset in model.datasets
	model.text(dataset, "digest") == null
}

# METADATA
# description: Nobody can look at the digest of a result's data.
undetermined contains model.untold("results are recorded without the digest of their data", ["evaluations"]) if {
	some result in model.evaluations
	model.text(result, "dataset_digest") == null
}

# METADATA
# description: There is nothing to look at.
undetermined contains model.untold("no dataset is recorded, neither by the run nor with a result", ["datasets"]) if {
	count(model.datasets) == 0
	count(model.evaluations) == 0
}

# Each digest, where it stands, and of which dataset; that of the run comes before those of results.
_recorded contains {"digest": digest, "path": ["datasets", index, "digest"], "name": _name(dataset, "name")} if {
	some index, dataset in model.datasets
	digest := model.text(dataset, "digest")
	digest != null
}

_recorded contains {"digest": digest, "path": ["evaluations", index, "dataset_digest"], "name": _name(result, "dataset")} if {
	some index, result in model.evaluations
	digest := model.text(result, "dataset_digest")
	digest != null
}

_name(used, key) := name if {
	name := model.text(used, key)
	name != null
} else := "a dataset without a name"
