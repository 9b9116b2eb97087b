# METADATA
# scope: package
# description: |
#   The derogation of Art. 6(3), by which a use that Annex III lists is not high-risk: whether somebody relies on it. No control logic.
package policyctl.lib.derogation

import data.policyctl.classification.answers
import data.policyctl.classification.classes
import data.policyctl.lib.classified

# METADATA
# description: The system, unless nobody relies on the derogation, or Annex III lists none of its uses.
claims contains input.facts.id if {
	_relied_on != "no"
	classes.listed != "no"
}

# METADATA
# description: Annex III lists a use of the system, and its provider relies on the derogation.
claimed if {
	_relied_on == "yes"
	classes.listed == "yes"
}

# METADATA
# description: What is not decided about that.
undecided contains doubt("whether the derogation of Art. 6(3) is relied on", {_question: missing(_question)}) if {
	count(claims) > 0
	_relied_on == "unknown"
}

undecided contains found if {
	count(claims) > 0
	classes.listed == "unknown"
	waits := {entry | some path, terms in classes.points; classes.holds(terms) == "unknown"; some entry in classes.open(terms)}
	found := classified.doubt(["answers", "annex_iii"], "whether Annex III lists a use of the system", waits)
}

# METADATA
# description: That something about the derogation is not decided, with the reason by the question that is needed.
doubt(what, needed) := classified.doubt(["answers", _group], what, {[name, _group, why] | some name, why in needed})

# METADATA
# description: Why an answer of yes to a question of the derogation does not count; empty where it does.
missing(question) := "not answered" if {
	answers.said(question) == "missing"
} else := "answered unknown" if {
	answers.said(question) == "unknown"
} else := answers.objection(_group, question)

# Who says so relies on it, with evidence or without.
_relied_on := "no" if {
	"no" in {answers.said(_group), answers.said(_question)}
} else := "yes" if {
	answers.said(_question) == "yes"
} else := "unknown"

_group := "derogation.assessed"

_question := "derogation.assessed.relied_on"
