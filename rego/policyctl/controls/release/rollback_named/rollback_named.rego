package policyctl.controls.release.rollback_named

import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Nobody has settled what to return to.
findings contains model.finding("no_rollback", "no release record names a version to return to", _path) if _rollback == null

# METADATA
# description: What is named may be another version tomorrow.
findings contains model.finding("no_exact_version", message, _path) if {
	_rollback != null
	not regex.match(`[^/@\s](/v?[0-9][0-9A-Za-z.+_-]*|@sha256:[0-9a-f]{64}|@[0-9a-f]{40})$`, _rollback)
	message := sprintf("%s, to which one would return, is no exact version", [_rollback])
}

# METADATA
# description: Returning would change nothing.
findings contains model.finding("same_version", message, _path) if {
	_rollback != null
	some id in {input.facts.id, model.stated("model")}
	is_string(id)
	_bare(_rollback) == _bare(id)
	message := sprintf("%s, to which one would return, is this version itself", [_rollback])
}

_rollback := model.text({"rollback": model.stated("rollback")}, "rollback")

# A scheme may be followed by a slash, and says only where the version is kept.
_bare(id) := regex.replace(trim_space(id), `^[a-z][a-z0-9+.-]*:/*`, "")

_path := ["release", "rollback"]
