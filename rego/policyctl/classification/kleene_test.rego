package policyctl.classification.kleene_test

import data.policyctl.classification.kleene

test_all_of_nothing_is_yes_and_any_of_nothing_is_no if {
	kleene.all_of([]) == "yes"
	kleene.any_of([]) == "no"
}

test_one_no_decides_over_all_and_one_yes_over_any if {
	kleene.all_of(["yes", "unknown", "no"]) == "no"
	kleene.any_of(["no", "unknown", "yes"]) == "yes"
}

test_what_is_unknown_stays_unknown_where_nothing_else_decides if {
	kleene.all_of(["yes", "unknown"]) == "unknown"
	kleene.any_of(["no", "unknown"]) == "unknown"
	kleene.opposite("unknown") == "unknown"
}

test_learning_an_answer_never_turns_a_result_round if {
	every rest in ["yes", "no", "unknown"] {
		every learnt in ["yes", "no"] {
			kleene.all_of(["unknown", rest]) in {"unknown", kleene.all_of([learnt, rest])}
			kleene.any_of(["unknown", rest]) in {"unknown", kleene.any_of([learnt, rest])}
		}
	}
}
