# METADATA
# scope: package
# description: |
#   What a record lacks, as findings: texts that are to stand there, and documents that are to be named. No control logic. Functions are
#   total and take any value.
package policyctl.lib.stated

import data.policyctl.lib.record
import data.policyctl.lib.wording

# METADATA
# description: |
#   A finding for each element that a part of the record does not state. `elements` is what each key is about, in words; `path` is where
#   the part stands. Where it is no mapping, it states nothing.
lacking(written, elements, path) := {finding |
	some key, what in elements
	value := _value(written, key)
	wording.says_something(value) == false
	finding := {
		"code": sprintf("no_%s", [key]),
		"resource": input.facts.id,
		"message": _message(value, what),
		"path": array.concat(path, [key]),
	}
}

# METADATA
# description: |
#   A finding for each defect of the documents that a list names: none by its digest, one changed, one missing. `what` is what they are
#   to show, in words.
unproven(listed, what, path) := {finding |
	some code in record.evidence_defects(listed)
	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [what, concat(", ", sort(record.lost_evidence(listed)))]),
		"path": path,
	}
}

# METADATA
# description: A value in words, for a message.
shown(value) := sprintf("%q", [value]) if {
	is_string(value)
} else := sprintf("%v", [value])

_value(written, key) := object.get(written, [key], null) if {
	is_object(written)
} else := null

_message(value, what) := sprintf("the record says nothing about %s", [what]) if {
	value in {null, ""}
} else := sprintf("the record says nothing about %s: %s", [what, shown(value)])

_messages := {
	"no_evidence": "no document that shows %s is named with its SHA-256 digest%s",
	"evidence_changed": "a document that shows %s is not what its digest says: %s",
	"evidence_missing": "a document that shows %s is not where it was: %s",
}
