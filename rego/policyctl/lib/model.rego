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
stated(key) := input.facts.release[key] if {
	true
} else := null

# METADATA
# description: Whether the release record says something under a key that holds text.
says(key) := wording.says_something(stated(key))
