package policyctl.controls.release.code_known

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: Nobody noted which code it was.
findings contains model.finding("no_revision", "the code that trained the version is not known", ["code", "revision"]) if {
	_revision == null
}

# METADATA
# description: A branch, a tag or the beginning of an id may mean another commit tomorrow.
findings contains model.finding("no_commit_id", message, ["code", "revision"]) if {
	_revision != null
	not regex.match(`^([0-9a-f]{40}|[0-9a-f]{64})$`, _revision)
	message := sprintf("the revision %s of the code is no full id of a commit", [_revision])
}

# METADATA
# description: A commit without its repository is not found again.
findings contains model.finding("no_repository", message, ["code", "repository"]) if {
	_revision != null
	model.text(_code, "repository") == null
	message := sprintf("the repository is not known that holds the revision %s of the code", [_revision])
}

# METADATA
# description: What ran is in no commit.
findings contains model.finding("dirty", message, ["code", "dirty"]) if {
	_revision != null
	_dirty == true
	message := sprintf("the version was trained with changes that the revision %s of the code does not hold", [_revision])
}

# METADATA
# description: Nobody noted whether the working tree was clean.
undetermined contains model.untold(reason, ["code", "dirty"]) if {
	_revision != null
	not is_boolean(_dirty)
	reason := sprintf("it is not recorded whether the code was just that of the revision %s", [_revision])
}

default _code := null

_code := input.facts.code

_revision := model.text(_code, "revision")

_dirty := entry.value(_code, "dirty")
