package policyctl.controls.system.derogation_documented

import data.policyctl.classification.answers
import data.policyctl.lib.derogation

resources := derogation.claims

# METADATA
# description: The derogation is relied on, and the assessment was not documented in time.
findings contains finding if {
	derogation.claimed
	answers.said(_question) == "no"

	finding := {
		"code": "not_documented",
		"resource": input.facts.id,
		"message": "the derogation of Art. 6(3) is relied on, and its assessment was not documented before the system was offered or used",
		"path": ["answers", _question],
	}
}

# METADATA
# description: Whether it is relied on, or whether there is anything to take the system out of, is not decided.
undetermined contains doubt if some doubt in derogation.undecided

# METADATA
# description: It is relied on, and nobody says whether the assessment was documented, or gives evidence.
undetermined contains doubt if {
	derogation.claimed
	answers.said(_question) != "no"
	why := derogation.missing(_question)
	why != ""
	doubt := derogation.doubt("whether the assessment is documented", {_question: why})
}

_question := "derogation.assessed.documented"
