# METADATA
# scope: package
# description: |
#   Questions about one version of a model: its files, its run, its datasets and results, and what its release record states. No control
#   logic. Every function is total, so that absence has a name; what is of another type than the facts promise is as absent.
package policyctl.lib.model

import data.policyctl.lib.entry
import data.policyctl.lib.wording

# METADATA
# description: The id of the version.
models := {input.facts.id}

# METADATA
# description: |
#   The digest of the version's files; null where it is not known, which holds also where a file has none, or there is no file.
digest := input.facts.artefact.sha256 if {
	is_digest(input.facts.artefact.sha256)
	count(entry.listed(input.facts.artefact.files)) > 0
	every file in input.facts.artefact.files {
		is_digest(entry.value(file, "sha256"))
	}
} else := null

# METADATA
# description: The version's files, in their order; none where they are not known.
files := input.facts.artefact.files if {
	is_array(input.facts.artefact.files)
} else := []

# METADATA
# description: The version's card, {"path", "sha256", "in_artefact", "facts"}; null where there is none.
card := input.facts.card if {
	is_object(input.facts.card)
} else := null

# METADATA
# description: Whether this is a SHA-256 digest, in small hexadecimal digits.
is_digest(text) if {
	is_string(text)
	regex.match(`^[0-9a-f]{64}$`, text)
} else := false

# METADATA
# description: A finding about the version itself.
finding(code, message, path) := {"code": code, "resource": input.facts.id, "message": message, "path": path}

# METADATA
# description: What could not be told about the version itself.
untold(reason, path) := {"resource": input.facts.id, "reason": reason, "path": path}

# METADATA
# description: What the release record states under a key; null where there is no record, or no such key.
stated(key) := value if {
	value := input.facts.release[key]
} else := null

# METADATA
# description: Whether the release record says something under a key that holds text.
says(key) := wording.says_something(stated(key))

# METADATA
# description: The text under a key; null where there is none, or an empty one.
text(from, key) := value if {
	value := entry.value(from, key)
	is_string(value)
	trim_space(value) != ""
} else := null

# METADATA
# description: What is known of the run that trained the version; empty where nothing is.
run := input.facts.run if {
	is_object(input.facts.run)
} else := {}

# METADATA
# description: The datasets that the run recorded, in their order; empty where it recorded none.
datasets := input.facts.datasets if {
	is_array(input.facts.datasets)
} else := []

# METADATA
# description: Those of them that were recorded as training data, by their place.
training := {index: dataset |
	some index, dataset in datasets
	lower(_context(dataset)) in {"train", "training", "fine-tuning", "finetuning"}
}

# METADATA
# description: The results that are recorded of the version, in their order; empty where there are none.
evaluations := input.facts.evaluations if {
	is_array(input.facts.evaluations)
} else := []

# METADATA
# description: |
#   Whether this is a digest of at least 128 bits in hexadecimal digits, such as MD5 or the first half of a SHA-256 digest. The name of
#   its algorithm may stand before it, and the mark of a folder behind it.
is_strong(written) if {
	is_string(written)
	regex.match(`^[0-9a-f]{32,128}$`, _digits(written))
} else := false

# METADATA
# description: |
#   Whether two digests are of the same data - yes, no, or untold where they may be of different algorithms. A registry that has little
#   room keeps the first digits of a long one. DVC, before its version 3, took that of a text with other line ends (md5-dos2unix).
same_data(one, other) := "untold" if {
	false in {is_string(one), is_string(other)}
} else := "yes" if {
	_digits(one) == _digits(other)
} else := "yes" if {
	_begins(one, other)
} else := "yes" if {
	_begins(other, one)
} else := "untold" if {
	true in {_is_converted(one), _is_converted(other)}
} else := "no" if {
	count(_digits(one)) == count(_digits(other))
} else := "untold"

_begins(long, short) if {
	is_strong(short)
	startswith(_digits(long), _digits(short))
}

_digits(written) := regex.replace(trim_suffix(lower(trim_space(written)), ".dir"), `^(md5|md5-dos2unix|sha1|sha256|sha512):`, "")

_is_converted(written) := startswith(lower(trim_space(written)), "md5-dos2unix:")

_context(dataset) := context if {
	context := text(dataset, "context")
	context != null
} else := ""

# METADATA
# description: Whether the version is one of a registry, by its name ("mlflow:wine/1") or by what only registries tell.
registered if {
	contains(input.facts.id, ":")
} else if {
	_ = input.facts.registry
} else if {
	_ = input.facts.version
} else if {
	_ = input.facts.status
} else := false
