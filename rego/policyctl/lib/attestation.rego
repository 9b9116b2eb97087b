# METADATA
# scope: package
# description: |
#   Whether a person's attestation counts on the day of the decision. No control logic. Functions are total: `given` may be anything,
#   null where nobody attests, and what is broken does not count. `days` is how long an attestation may count at most.
package policyctl.lib.attestation

import data.policyctl.lib.wording

# METADATA
# description: The system, unless an attestation that counts says that the control does not apply to it.
subjects(given, days) := set() if {
	_conclusion(given) == "not_applicable"
	count(_codes(given, days)) == 0
} else := {input.facts.id}

# METADATA
# description: Whether a person attests that it is not met. Bad news needs no evidence and does not expire.
denies(given) := _conclusion(given) == "not_met"

# METADATA
# description: |
#   Why an attestation does not count, as entries of `undetermined`, one for each reason. None where it counts, or denies.
doubts(given, days, path) := set() if {
	denies(given)
} else := {doubt |
	some code in _codes(given, days)
	doubt := {"code": code, "resource": input.facts.id, "path": path, "reason": _reason(code, given, days)}
}

_codes(given, days) := {"not_attested"} if {
	given == null
} else := {"not_readable"} if {
	not _is_well_formed(given)
} else := {code | some code in _questions; _is_wrong(code, given, days)}

_questions := {
	"no_person", "no_role", "no_statement", "not_begun", "expired", "too_long", "no_evidence", "evidence_changed", "evidence_missing",
}

_is_wrong("no_person", given, _) if wording.names_person(given.by.name) == false

_is_wrong("no_role", given, _) if wording.says_something(given.by.role) == false

_is_wrong("no_statement", given, _) if wording.says_something(given.statement) == false

_is_wrong("not_begun", given, _) if given.first_day > input.as_of

_is_wrong("expired", given, _) if given.last_day < input.as_of

_is_wrong("too_long", given, days) if given.days > days

_is_wrong("no_evidence", given, _) if {
	count([one | some one in given.evidence; _has_digest(one)]) == 0
}

_is_wrong("evidence_changed", given, _) if count(_titles(given, "changed")) > 0

_is_wrong("evidence_missing", given, _) if count(_titles(given, "missing")) > 0

_reason("not_attested", _, _) := "nobody attests it"

_reason("not_readable", _, _) := "what is attested cannot be read"

_reason("no_person", given, _) := sprintf("it is attested by %q, which is not the first and last name of a person", [given.by.name])

_reason("no_role", given, _) := sprintf("%s attests it in no function", [given.by.name])

_reason("no_statement", _, _) := "the attestation states nothing"

_reason("not_begun", given, _) := sprintf("the attestation begins on %s only", [given.first_day])

_reason("expired", given, _) := sprintf("the attestation expired on %s", [given.last_day])

_reason("too_long", given, days) := sprintf("it is attested for %d days, and %d are the most that count", [given.days, days])

_reason("no_evidence", _, _) := "no evidence is named with its SHA-256 digest"

_reason("evidence_changed", given, _) := sprintf("evidence is not what was attested: %s", [concat(", ", _titles(given, "changed"))])

_reason("evidence_missing", given, _) := sprintf("evidence is not where it was: %s", [concat(", ", _titles(given, "missing"))])

_titles(given, state) := {one.title | some one in given.evidence; one.state == state}

_conclusion(given) := given.conclusion if {
	_is_well_formed(given)
} else := "none"

_is_well_formed(given) if {
	given.conclusion in {"met", "not_met", "not_applicable"}
	is_string(given.statement)
	is_string(given.by.name)
	is_string(given.by.role)
	_is_day(given.first_day)
	_is_day(given.last_day)
	is_number(given.days)
	is_array(given.evidence)
	every one in given.evidence {
		is_string(one.title)
		one.state in {"same", "changed", "missing", "elsewhere"}
	}
}

_is_day(text) if {
	is_string(text)
	regex.match(`^\d{4}-\d{2}-\d{2}$`, text)
}

_has_digest(evidence) if {
	is_string(evidence.sha256)
	regex.match(`^[0-9a-f]{64}$`, evidence.sha256)
	evidence.sha256 != _of_nothing
}

# SHA-256 of an empty file, which supports nothing.
_of_nothing := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
