package policyctl.lib.settings_test

import data.policyctl.lib.settings

test_a_known_value_is_one_of_the_good_ones_or_not if {
	settings.one_of(resource({"on": true}), "on", {true}) == "yes"
	settings.one_of(resource({"on": false}), "on", {true}) == "no"
	settings.one_of(resource({"on": "true"}), "on", {true}) == "no"
	settings.one_of(resource({}), "on", {true}) == "no"
	settings.one_of(resource({"on": null}), "on", {null}) == "no"
	settings.one_of(object.union(resource({}), {"computed": ["on"]}), "on", {true}) == "no"
}

test_what_is_unknown_or_masked_is_untold if {
	every state in ["unknown", "masked"] {
		hidden := object.union(resource({"on": true, "n": 9, "t": "x"}), {state: ["on", "n", "t"]})
		settings.one_of(hidden, "on", {true}) == "untold"
		settings.at_least(hidden, "n", 1) == "untold"
		settings.text(hidden, "t") == "untold"
	}
}

test_a_number_is_at_least_the_least if {
	settings.at_least(resource({"n": 9}), "n", 10) == "no"
	settings.at_least(resource({"n": 10}), "n", 10) == "yes"
	settings.at_least(resource({"n": 11}), "n", 10) == "yes"
	settings.at_least(resource({"n": "11"}), "n", 10) == "no"
	settings.at_least(resource({"n": [11]}), "n", 10) == "no"
	settings.at_least(resource({}), "n", 10) == "no"
}

test_a_text_is_not_blank if {
	settings.text(resource({"t": "x"}), "t") == "yes"
	settings.text(resource({"t": " "}), "t") == "no"
	settings.text(resource({"t": ""}), "t") == "no"
	settings.text(resource({"t": 7}), "t") == "no"
	settings.text(resource({}), "t") == "no"
}

test_a_text_or_a_number_is_told if {
	settings.told(resource({"a": 30}), "a") == ": 30"
	settings.told(resource({"a": "GMEK"}), "a") == ": GMEK"
	every value in [null, "", " ", true, [], {}, ["a"], {"a": "b"}] {
		settings.told(resource({"a": value}), "a") == ""
	}
	settings.told(resource({}), "a") == ""
	settings.told(object.union(resource({"a": "x"}), {"masked": ["a"]}), "a") == ""
}

test_a_text_that_is_too_long_to_read_is_not_told if {
	long := concat("", ["x" | some _ in numbers.range(1, 120)])
	settings.told(resource({"a": long}), "a") == concat("", [": ", long])
	settings.told(resource({"a": concat("", [long, "x"])}), "a") == ""
}

test_blocks_stand_in_a_list_or_alone if {
	settings.blocks(resource({"b": [{"x": 1}, "y", {"x": 2}]}), "b") == {"b.0": {"x": 1}, "b.2": {"x": 2}}
	settings.blocks(resource({"b": {"x": 1}}), "b") == {"b": {"x": 1}}
	settings.blocks(resource({"b": []}), "b") == {}
	settings.blocks(resource({"b": "x"}), "b") == {}
	settings.blocks(resource({"b": null}), "b") == {}
	settings.blocks(resource({}), "b") == {}
}

test_a_place_has_its_indexes_as_numbers if {
	settings.place("a.0.b") == ["values", "a", 0, "b"]
}

resource(values) := {
	"address": "aws_thing.a",
	"values": values,
	"unknown": [],
	"computed": [],
	"masked": [],
	"references": {},
}
