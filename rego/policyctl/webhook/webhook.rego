# METADATA
# scope: package
# description: |
#   AdmissionReviews that are answered by an OPA alone: the controls that need nothing but the object, under each profile of the bundle.
#   The object becomes a document, and `main` decides about it as about any other.
# schemas:
#   - input: {}
package policyctl.webhook

import data.policyctl.alone
import data.policyctl.reviewing

# METADATA
# description: |
#   By profile, the answer to the review that is the input, with the decision that it rests on. There is none for what is no review, and
#   for a profile that cannot be decided by here.
reviews[id] := {
	"apiVersion": "admission.k8s.io/v1",
	"kind": "AdmissionReview",
	"response": object.union(_response(decision), {"uid": input.request.uid, "auditAnnotations": _audit(decision)}),
	"decision": object.remove(decision, ["denying", "warning"]),
} if {
	input.apiVersion == "admission.k8s.io/v1"
	input.kind == "AdmissionReview"
	is_string(input.request.uid)
	some id, profile in data.policyctl.catalog.profiles
	alone.decides(profile)
	decision := object.union(_decision(profile), {"profile": id})
}

_decision(_) := {"judged": false, "outcome": "allow", "reason": reviewing.not_judged}

_decision(_) := {"judged": false, "outcome": "deny", "reason": reviewing.refused}

_decision(profile) := object.union(decided, {
	"judged": true,
	"subject": reviewing.document.subject,
	"answered": _answered(profile, decided),
}) if {
	decided := alone.decided(reviewing.document, profile)
}

# What runs already could not be reconciled, if every update that leaves it as bad as it was were refused. What cannot be read may be worse.
_answered(profile, decided) := "allowed: no worse than before" if {
	profile.update_not_worse == "warn"
	decided.outcome == "deny"
	count(decided.denying) > 0
	every pair in decided.denying {
		object.get(pair[1], "code", "") != "unreadable"
	}
	count(decided.denying - alone.decided(reviewing.document_before, profile).denying) == 0
} else := ""

_response(decision) := {"allowed": true} if {
	not decision.judged
	decision.outcome == "allow"
} else := {"allowed": false, "status": {"code": 422, "reason": "Invalid", "message": message}} if {
	not decision.judged
	message := sprintf("policyctl cannot judge %s: %s", [reviewing.named, decision.reason])
} else := {"allowed": true, "warnings": _warnings(decision.warning)} if {
	decision.outcome in {"allow", "warn"}
} else := {"allowed": true, "warnings": _warnings(decision.denying | decision.warning)} if {
	decision.answered != ""
} else := {
	"allowed": false,
	"status": {"code": 403, "reason": "Forbidden", "message": _message(decision)},
	"warnings": _warnings(decision.warning),
}

_message(decision) := concat("\n", array.concat([head], _shortened([_line(id, entry) | some [id, entry] in decision.denying], 10))) if {
	head := sprintf("profile %s denies %s", [decision.profile, reviewing.named])
}

_warnings(entries) := _shortened([_line(id, entry) | some [id, entry] in entries], 10)

_line(id, entry) := substring(sprintf("%s: %s: %s", [id, at, said]), 0, 250) if {
	at := concat(".", [sprintf("%v", [part]) | some part in object.get(entry, "path", [])])
	said := object.get(entry, "message", sprintf("cannot be told: %v", [object.get(entry, "reason", "it is not known")]))
}

_shortened(lines, most) := lines if {
	count(lines) <= most
} else := array.concat(array.slice(lines, 0, most), [sprintf("and %d more", [count(lines) - most])])

_audit(decision) := {name: text |
	some name, text in {
		"outcome": _outcome(decision),
		"profile": decision.profile,
		"answered": object.get(decision, "answered", ""),
		"reason": object.get(decision, "reason", ""),
	}
	text != ""
}

_outcome(decision) := decision.outcome if {
	decision.judged
} else := "not_judged"
