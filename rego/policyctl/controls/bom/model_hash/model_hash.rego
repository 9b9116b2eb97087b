package policyctl.controls.bom.model_hash

import data.policyctl.lib.bom

resources := bom.model_ids

# METADATA
# description: |
#   Neither the model nor each of its files has a digest that stands for its content. A model in several files has no digest of its own.
findings contains finding if {
	some model in bom.models
	not _is_fixed(model)

	finding := {
		"code": _code(model),
		"resource": model.id,
		"message": _message(model),
		"path": bom.at(model, ["hashes"]),
	}
}

undetermined contains entry if some entry in bom.unread_models

_is_fixed(model) if _has_strong(model)

_is_fixed(model) if {
	files := bom.listed(model, "files")
	count(files) > 0
	every file in files {
		_has_strong(file)
	}
}

_has_strong(thing) if {
	some digest in bom.listed(thing, "hashes")
	_is_strong(digest)
}

_is_strong(digest) if {
	value := digest.value
	is_string(value)
	regex.match(sprintf("^[0-9a-f]{%d}$", [_lengths[digest.algorithm]]), value)
	count({character | some character in split(value, "")}) > 1
	not value in _of_nothing
}

# Hexadecimal digits of the digests of at least 256 bits.
_lengths := {
	"SHA-256": 64,
	"SHA-384": 96,
	"SHA-512": 128,
	"SHA3-256": 64,
	"SHA3-384": 96,
	"SHA3-512": 128,
	"BLAKE2b-256": 64,
	"BLAKE2b-384": 96,
	"BLAKE2b-512": 128,
	"BLAKE3": 64,
}

# What SHA-256 makes of an empty file.
_of_nothing := {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}

_algorithms(model) := {name |
	some thing in array.concat([model], bom.listed(model, "files"))
	some digest in bom.listed(thing, "hashes")
	name := bom.text(digest.algorithm, "an unknown algorithm")
}

_code(model) := "no_hash" if {
	_algorithms(model) == set()
} else := "malformed_hash" if {
	some name in _algorithms(model)
	_lengths[name]
} else := "weak_hash"

_message(model) := "the model has no cryptographic hash" if {
	_code(model) == "no_hash"
} else := "a digest is none of content, or not every file of the model has one" if {
	_code(model) == "malformed_hash"
} else := sprintf("only %s, and no digest of SHA-256 or stronger", [concat(", ", sort(_algorithms(model)))])
