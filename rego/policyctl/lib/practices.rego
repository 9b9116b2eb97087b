# METADATA
# scope: package
# description: |
#   The prohibited practices of Art. 5(1), one by one, as findings and doubts of the controls about them. A practice is named by its
#   group of questions, such as practices.a.
package policyctl.lib.practices

import data.policyctl.classification.answers
import data.policyctl.classification.groups
import data.policyctl.lib.classified

# METADATA
# description: By the organisation's own answers the system is this practice, with everything that belongs to it.
established(path) := {finding |
	clause := _clause(path)
	classified.value("prohibited", clause) == "yes"
	reasons := [step.reason | some step in groups.steps[path]]

	finding := {
		"code": "prohibited",
		"resource": input.facts.id,
		"message": sprintf("by the answers the system is a practice of %s%s: %s", [clause, classified.since("prohibited", clause), concat(" ", reasons)]),
		"path": ["answers", path],
	}
}

# METADATA
# description: The answers do not decide whether it is.
undecided(path) := {doubt |
	clause := _clause(path)
	classified.value("prohibited", clause) == "unknown"
	doubt := classified.doubt(["answers", path], sprintf("whether the system is a practice of %s", [clause]), classified.waits("prohibited", clause))
}

_clause(path) := answers.groups[path].clause if {
	answers.groups[path].clause
} else := path
