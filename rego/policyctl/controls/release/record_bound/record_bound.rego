package policyctl.controls.release.record_bound

import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Nobody states anything of the version.
findings contains model.finding("no_record", "the version has no release record", ["release"]) if not is_object(_record)

# METADATA
# description: The record is about a name, whatever stands under it.
findings contains model.finding("not_bound", "the release record does not say by a digest which files it is about", ["release", "artefact"]) if {
	is_object(_record)
	model.is_digest(_artefact) == false
}

# METADATA
# description: The record is about other files.
findings contains model.finding("other_files", message, ["release", "artefact"]) if {
	model.is_digest(_artefact)
	model.digest != null
	_artefact != model.digest
	message := sprintf("the release record is about the files %s, and those of the version are %s", [_artefact, model.digest])
}

# METADATA
# description: Which files the version has is not known.
undetermined contains model.untold("it is not known which files the version has", ["artefact", "sha256"]) if {
	model.is_digest(_artefact)
	model.digest == null
}

default _record := null

_record := input.facts.release

_artefact := model.stated("artefact")
