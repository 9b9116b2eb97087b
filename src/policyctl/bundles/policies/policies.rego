# METADATA
# scope: package
# description: |
#   What every control made of a rule written for Conftest shares: which messages the rule's value holds, and each as a finding.
package policyctl.policies

# METADATA
# description: The time that policies are told, in nanoseconds. It is that of the document, so that a decision can be replayed.
now := time.parse_rfc3339_ns(concat("", [input.as_of, "T00:00:00Z"]))

# METADATA
# description: The messages in a rule's value. None in a value that is neither a set nor a list, which `flaws` tells of.
messages(value) := {message |
	_is_listed(value)
	some message in value
	_is_message(message)
}

# METADATA
# description: The id that a message carries, empty without one.
id(message) := message.id if {
	is_string(message.id)
} else := message.metadata.id if {
	is_string(message.metadata.id)
} else := ""

# METADATA
# description: A message as a finding. Its code holds a digest of the message, because one rule may find several things.
finding(rule, message) := object.union(
	{
		"code": _code(rule, message),
		"resource": input.subject.id,
		"message": _text(message),
		"path": _place(message),
	},
	_metadata(message),
)

# METADATA
# description: A rule that an exception keeps from counting, with what it would have said. It is told of, and has no effect.
excepted(rule, value) := {finding |
	some message in messages(value)
	said := sprintf("%s does not count here, by an exception of the policies; it says: %s", [rule, _text(message)])
	finding := {"code": _code(rule, message), "resource": input.subject.id, "message": said, "path": []}
} | {finding |
	count(messages(value)) == 0
	said := sprintf("%s does not count here, by an exception of the policies; it says nothing", [rule])
	finding := {"code": rule, "resource": input.subject.id, "message": said, "path": []}
}

# METADATA
# description: What a rule's value holds that is no message. Conftest passes over most of it in silence.
flaws(rule, value) := {flaw |
	not _is_listed(value)
	flaw := _flaw(sprintf("%s gives neither a set nor a list of messages", [rule]))
} | {flaw |
	_is_listed(value)
	some message in value
	not _is_message(message)
	flaw := _flaw(sprintf("%s gives a message that is neither text nor an object whose msg is text", [rule]))
}

_flaw(reason) := {"resource": input.subject.id, "path": [], "code": "misshapen", "reason": reason}

_is_listed(value) if is_set(value)

_is_listed(value) if is_array(value)

_is_message(message) if is_string(message)

_is_message(message) if is_string(message.msg)

_code(rule, message) := sprintf("%s-%s", [_name(rule, id(message)), substring(crypto.sha256(json.marshal(message)), 0, 8)])

_name(rule, "") := rule

_name(_, id) := id if id != ""

_text("") := "(no message)"

_text(message) := message if {
	is_string(message)
	message != ""
}

_text(message) := message.msg if message.msg != ""

_text(message) := "(no message)" if message.msg == ""

# A message may say where in the file it is about: {"_loc": {"file": …, "line": …}}.
_place(message) := ["line", message._loc.line] if {
	is_number(message._loc.line)
} else := []

_metadata(message) := {"metadata": told} if {
	is_object(message)
	told := object.remove(message, ["msg", "_loc"])
	count(told) > 0
} else := {}
