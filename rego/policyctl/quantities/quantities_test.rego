package policyctl.quantities_test

import data.policyctl.quantities

test_quantities_become_whole_numbers_rounded_up if {
	quantities.of({"cpu": "100m", "memory": "1.5Gi", "ephemeral-storage": 7}) == {"cpu": 100, "memory": 1610612736, "ephemeral_storage": 7}
	quantities.of({"cpu": "0.0001"}) == {"cpu": 1}
	quantities.of({"memory": "2e3"}) == {"memory": 2000}
	quantities.of({"memory": "2E-3"}) == {"memory": 1}
	quantities.of({"memory": "2E+3"}) == {"memory": 2000}
}

test_accelerators_of_all_makers_are_added_up if {
	quantities.of({"nvidia.com/gpu": 2, "amd.com/gpu": "1", "example.com/x": 9}) == {"accelerators": 3}
}

test_what_is_no_quantity_is_left_out if {
	quantities.of({"cpu": "much", "memory": -1}) == {}
	quantities.of({"nvidia.com/gpu": "0.5"}) == {}
}

test_what_is_no_quantity_is_wrong if {
	quantities.is_wrong("cpu", "much")
	quantities.is_wrong("memory", {})
	quantities.is_wrong("nvidia.com/gpu", "0.5")
	not quantities.is_wrong("nvidia.com/gpu", 1)
	not quantities.is_wrong("example.com/x", "y")
	not quantities.is_wrong("cpu", "1")
}

test_a_text_that_is_too_long_is_no_quantity if quantities.is_wrong("cpu", concat("", [sprintf("%065d", [1])]))

test_a_quantity_has_a_limit if quantities.of({"memory": "9Ei"}) == {"memory": 9223372036854775807}
