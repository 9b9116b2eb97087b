package policyctl.controls.governance.system_purpose_test

import data.policyctl.controls.governance.system_purpose as control
import data.policyctl.testing.system as make

test_a_purpose_of_enough_words_passes if {
	control.resources == {"credit-scoring"} with input as stated("Ranks applications for a clerk")
	codes == set() with input as stated("Ranks applications for a clerk")
}

test_a_purpose_of_one_word_less_is_too_short if {
	codes == {"too_short"} with input as stated("Ranks applications for clerks")
	{finding.message | some finding in control.findings} == {"the purpose of the system has 4 words, and 5 are the least that say something"} with input as stated("Ranks applications for clerks")
}

test_a_system_without_a_purpose_fails if {
	codes == {"no_purpose"} with input as make.described({}, parameters, {})
}

test_what_says_nothing_is_no_purpose if {
	every purpose in ["TBD", "to be defined", "", null, 7, [], {}] {
		codes == {"no_purpose"} with input as stated(purpose)
	}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_purpose",
		"resource": "credit-scoring",
		"message": "the purpose of the system is not stated",
		"path": ["purpose"],
	}} with input as stated(7)
	control.findings == {{
		"code": "too_short",
		"resource": "credit-scoring",
		"message": "the purpose of the system has 4 words, and 5 are the least that say something",
		"path": ["purpose"],
	}} with input as stated("Ranks applications for clerks")
}

codes := {finding.code | some finding in control.findings}

stated(purpose) := make.described({"purpose": purpose}, parameters, {})

parameters := {"governance": {"system_purpose": {"minimum_words": 5}}}
