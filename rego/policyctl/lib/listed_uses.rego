# METADATA
# scope: package
# description: |
#   The uses that Annex III lists, point by point, held against the classes that the description states. A point is named by its group of
#   questions, such as annex_iii.employment.
package policyctl.lib.listed_uses

import data.policyctl.classification.answers
import data.policyctl.classification.classes
import data.policyctl.classification.groups
import data.policyctl.lib.classified

# METADATA
# description: |
#   The answers establish a use of this point, and neither does the description state the class, nor do the answers establish the
#   derogation of Art. 6(3).
unstated(path) := {finding |
	_value(path) == "yes"
	count(classified.high_risk_by("annex_iii")) == 0
	classified.value("annex_iii_not_high_risk", "annex_iii") != "yes"
	reasons := [step.reason | some step in groups.steps[path]]

	finding := {
		"code": "not_stated",
		"resource": input.facts.id,
		"message": sprintf(
			"by the answers the system is used as %s lists, and high-risk by Annex III is not among its classes: %s",
			[_clause(path), concat(" ", reasons)],
		),
		"path": ["classes"],
	}
}

# METADATA
# description: The answers do not decide whether the system is used so.
undecided(path) := {doubt |
	_value(path) == "unknown"
	waits := {entry | some entry in classes.open(classes.points[path])}
	doubt := classified.doubt(["answers", path], sprintf("whether the system is used as %s lists", [_clause(path)]), waits)
}

_value(path) := classes.holds(classes.points[path]) if {
	classes.points[path]
} else := "unknown"

_clause(path) := answers.groups[path].clause if {
	answers.groups[path].clause
} else := "Annex III"
