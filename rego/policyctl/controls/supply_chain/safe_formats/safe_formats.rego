package policyctl.controls.supply_chain.safe_formats

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.model_card

resources := model.models

# METADATA
# description: Loading the file runs whatever code its author put into it.
findings contains model.finding("runs_code", sprintf("%s is of a format that can run code when it is loaded", [one.name]), one.path) if {
	some one in _named
	not _is_accepted(one)
	_is_refused(one)
}

# METADATA
# description: Nobody has said what loading a file of this format does.
undetermined contains model.untold(sprintf("it is not known whether loading %s can run code", [one.name]), one.path) if {
	some one in _named
	not _is_accepted(one)
	not _is_refused(one)
}

# METADATA
# description: Files that nobody can list may be of any format.
undetermined contains model.untold("the version's files are not known", ["artefact", "files"]) if {
	model.files == []
}

_is_accepted(one) if _is_like(one, input.profile.parameters.supply_chain.safe_formats.accepted)

_is_refused(one) if _is_like(one, input.profile.parameters.supply_chain.safe_formats.refused)

# Whether the last part of a file's path is like one of these patterns.
_is_like(one, patterns) if {
	some pattern in patterns
	glob.match(lower(pattern), null, regex.replace(lower(one.name), `^.*/`, ""))
}

_named := [{"name": model_card.text(entry.value(file, "path"), "a file"), "path": ["artefact", "files", index, "path"]} |
	some index, file in model.files
]
