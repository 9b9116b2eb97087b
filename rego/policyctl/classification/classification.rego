# METADATA
# scope: package
# description: |
#   What a system is under the Act: classes and roles from the answers in its description, each with the answers that decide it and
#   their clauses, what is still needed, and what to review. A missing answer leaves undetermined; a lower class needs evidence.
package policyctl.classification

import data.policyctl.classification.answers
import data.policyctl.classification.classes
import data.policyctl.classification.review
import data.policyctl.classification.roles

# METADATA
# description: The classification of each of `input.documents`, documents of kind system, in their order.
# entrypoint: true
classifications := [answer | some document in input.documents; answer := classification with input as document]

# METADATA
# description: |
#   The classification of one document of kind system. Undefined, which the caller must treat as an error, where a class or a role has
#   no result: a list would leave it out without a word.
classification := {
	"as_of": input.as_of,
	"decided": decided,
	"roles": roles.found,
	"classes": classes.found,
	"exemptions": sort(classes.exemptions),
	"needed": needed,
	"review": sort(review.entries),
} if {
	count(classes.found) == count(classes.routes)
	count(roles.found) == count(roles.order)
}

# METADATA
# description: Whether every class and every role is determined.
decided := false if {
	"undetermined" in _statuses
} else := true

_statuses := {one.status | some one in classes.found} | {one.status | some one in roles.found}

# METADATA
# description: What has to be answered or shown, in the order of the questions, each with the classes and roles that wait for it.
needed := [entry |
	some [position, name] in sort(object.keys(_waiting))
	some [path, why], labels in _waiting[[position, name]]
	group := answers.groups[path]
	entry := {
		"question": name,
		"clause": object.get(group.questions, [name, "clause"], group.clause),
		"text": object.get(group.questions, [name, "text"], group.title),
		"why": why,
		"for": sort(labels),
	}
]

_waiting[[_position[path], name]][[path, why]] contains label if {
	some route in classes.routes
	classes.values[route.class][route.route] == "unknown"
	label := sprintf("%s by %s", [route.class, route.route])
	some [name, path, why] in classes.open(route.terms)
}

_waiting[[_position[path], name]][[path, why]] contains label if {
	some one in roles.found
	label := sprintf("role %s", [one.role])
	some [name, path, why] in roles.open(one.role)
}

_position[path] := [first, second] if {
	some first, section in data.policyctl.catalog.classification.sections
	some second, path in section.groups
}
