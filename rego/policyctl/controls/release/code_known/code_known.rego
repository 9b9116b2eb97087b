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

# METADATA
# description: Nobody can read the commit, or it is no commit of this repository.
findings contains model.finding("not_found", message, ["repository", "found"]) if {
	_asked == true
	_found == false
	_complete == true
	message := sprintf("the repository that the release record lies in does not hold the revision %s of the code", [_revision])
}

# METADATA
# description: The commit is on somebody's machine only, or on a branch that does not count.
findings contains model.finding("on_no_branch", message, ["repository", "branches"]) if {
	_asked == true
	_found == true
	_kept == false
	_complete == true
	message := sprintf("no branch that counts (%s) holds the revision %s of the code, only: %s", [
		concat(", ", _counted),
		_revision,
		_told(_branches),
	])
}

# METADATA
# description: The repository was asked about another revision, or about none, or its answer cannot be read.
undetermined contains model.untold(reason, ["repository", "revision"]) if {
	_named == true
	_revision != null
	false in {_asked, is_boolean(_found)}
	reason := sprintf("whether the repository holds the revision %s of the code was not looked up", [_revision])
}

# METADATA
# description: A clone that lacks history or branches cannot say what there is not.
undetermined contains model.untold(reason, ["repository", "complete"]) if {
	_asked == true
	is_boolean(_found)
	false in {_found, _kept}
	_complete != true
	reason := sprintf("the clone that the release record lies in lacks history or branches, and shows no branch that holds the revision %s", [_revision])
}

_named if {
	_ = input.facts.repository
} else := false

default _repository := null

_repository := input.facts.repository

_asked if {
	_revision != null
	entry.value(_repository, "revision") == _revision
} else := false

_found := entry.value(_repository, "found")

_complete := entry.value(_repository, "complete")

_branches := [branch | some branch in entry.listed(entry.value(_repository, "branches")); is_string(branch)]

_kept if {
	some branch in _branches
	some pattern in _counted
	glob.match(pattern, ["/"], branch)
} else := false

_counted := input.profile.parameters.release.code_known.branches

_told(branches) := concat(", ", branches) if {
	count(branches) > 0
} else := "none"

default _code := null

_code := input.facts.code

_revision := model.text(_code, "revision")

_dirty := entry.value(_code, "dirty")
