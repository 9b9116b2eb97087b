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
# description: The classification of one document of kind system.
classification := {
	"as_of": input.as_of,
	"decided": decided,
	"roles": roles.found,
	"classes": classes.found,
	"exemptions": sort(classes.exemptions),
	"needed": needed,
	"review": sort(review.entries),
}

# METADATA
# description: Whether every class and every role is determined.
decided := false if {
	"undetermined" in _statuses
} else := true

_statuses := {one.status | some one in classes.found} | {one.status | some one in roles.found}

# METADATA
# description: What has to be answered or shown, each with the classes and roles that wait for it.
needed := [entry |
	some name, why in {name: why | some [_, name, _, why] in _open}
	path := [at | some [_, other, at, _] in _open; other == name][0]
	group := answers.groups[path]
	entry := {
		"question": name,
		"clause": object.get(group.questions, [name, "clause"], group.clause),
		"text": object.get(group.questions, [name, "text"], group.title),
		"why": why,
		"for": sort({label | some [label, other, _, _] in _open; other == name}),
	}
]

_open contains [label, name, path, why] if {
	some route in classes.routes
	some [name, path, why] in classes.open(route.terms)
	label := sprintf("%s by %s", [route.class, route.route])
}

_open contains [sprintf("role %s", [one.role]), name, path, why] if {
	some one in roles.found
	some [name, path, why] in roles.open(one.role)
}
