package policyctl.controls.bom.model_version

import data.policyctl.lib.bom

resources := bom.model_ids

# METADATA
# description: The model is named without a version.
findings contains _finding(model, "no_version", "the model is named without a version") if {
	some model in bom.models
	_version(model) == ""
}

# METADATA
# description: What stands as the version names whatever is newest.
findings contains _finding(model, "moving_version", sprintf("%s is no version: what it names changes", [_version(model)])) if {
	some model in bom.models
	_moves(_version(model))
}

undetermined contains entry if some entry in bom.unread_models

_moves(version) if lower(version) in {"current", "dev", "develop", "head", "latest", "main", "master", "newest", "nightly", "stable", "trunk"}

_moves(version) if regex.match(`[*^~<>|]|^vers:`, version)

_version(model) := trim_space(bom.text(object.get(model, "version", null), ""))

_finding(model, code, message) := {
	"code": code,
	"resource": model.id,
	"message": message,
	"path": bom.at(model, ["version"]),
}
