package policyctl.controls.release.artefact_known

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: The version has no files.
findings contains model.finding("no_files", "the version has no files", ["artefact", "files"]) if {
	count(_files) == 0
}

# METADATA
# description: A file, or all of them together, has no digest.
findings contains model.finding("not_hashed", "the digest of the version's files is not known", ["artefact", "sha256"]) if {
	count(_files) > 0
	model.digest == null
}

_files := entry.listed(entry.value(_artefact, "files"))

default _artefact := null

_artefact := input.facts.artefact
