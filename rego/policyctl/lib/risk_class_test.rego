package policyctl.lib.risk_class_test

import data.policyctl.lib.risk_class

test_a_duty_is_owed_by_its_classes_and_where_none_is_named if {
	duty({"High"}, false) == "yes"
	duty(set(), false) == "yes"
	duty({"Minimal"}, false) == "no"
	duty({"other"}, false) == "untold"
}

test_of_two_classes_the_stricter_counts if {
	duty({"high", "minimal"}, false) == "yes"
	duty({"other", "minimal"}, false) == "untold"
	duty({"low", "minimal"}, false) == "no"
}

test_a_class_that_is_not_shown_leaves_it_open if {
	duty(set(), true) == "untold"
	duty({"high"}, true) == "yes"
}

test_a_label_cannot_lower_what_is_established if {
	duty({"minimal"}, false) == "yes" with input as {"system": {"classes": [{"id": "high_risk"}]}}
	duty({"minimal"}, false) == "no" with input as {"system": {"classes": [{"id": "transparency"}]}}
}

duty(classes, hidden) := risk_class.duty(classes, hidden, {"owed_for": ["high"], "not_owed_for": ["minimal", "low"]})
