package policyctl.waivers_test

import data.policyctl.waivers

test_a_waiver_names_itself_on_what_it_is_about if {
	named({}) == "W-1"
}

test_the_first_and_the_last_day_are_inside if {
	named_on("2026-11-01") == "W-1"
	named_on("2026-11-30") == "W-1"
}

test_the_days_beside_them_are_outside if {
	not named_on("2026-10-31")
	not named_on("2026-12-01")
}

test_another_control_is_not_touched if {
	not waived("T-002", finding, {})
}

test_another_system_is_not_touched if {
	not named({"system": "scoring-2"})
	not named({"system": "Scoring"})
}

test_a_system_that_nobody_established_has_no_waivers if {
	not named_in({"system": {"id": "scoring"}})
	not named_in({"system": {"id": "scoring", "established": false}})
	not named_in({"system": {"id": "scoring", "established": "true"}})
	not named_in({"system": {"established": true}})
}

test_another_resource_is_not_touched if {
	not named({"resource": "aws_x.thi"})
	not named({"resource": "ws_x.this"})
	not named({"resource": "aws_x.this.more"})
}

test_a_star_stands_for_any_text_and_for_nothing_else if {
	named({"resource": "aws_x.*"}) == "W-1"
	named({"resource": "*.this"}) == "W-1"
	named({"resource": "aws*this*"}) == "W-1"
	not named({"resource": "aws_y.*"})
	not named({"resource": "*.thi"})
}

test_all_but_the_star_stands_for_itself if {
	brackets := {"code": "no_key", "resource": "module.a[0].aws_x.this[\"b.c\"]"}
	waived("T-001", brackets, {"resource": "module.a[0].aws_x.this[\"b.c\"]"}) == "W-1"
	waived("T-001", brackets, {"resource": "module.a[*].aws_x.this[\"*\"]"}) == "W-1"
	not waived("T-001", brackets, {"resource": "module.a[1].aws_x.this[\"b.c\"]"})
	not waived("T-001", {"code": "no_key", "resource": "module.a0.aws_x.this"}, {"resource": "module.a[0].aws_x.this"})
	not named({"resource": "aws.x.this"})
	not named({"resource": "aws_x.this|"})
	not named({"resource": "(aws_x.this)"})
}

test_a_line_break_is_text_too if {
	not waived("T-001", {"code": "no_key", "resource": "aws_x.this\nother"}, {"resource": "aws_x.this"})
	waived("T-001", {"code": "no_key", "resource": "aws_x.\nthis"}, {"resource": "aws_x.*"}) == "W-1"
}

test_a_pattern_that_names_nothing_has_no_effect if {
	patterns := ["*", "**", "?*", "*.*", "*_*", "a*", "aw*s*x", "*?*", "aws_x.thi?", "", " "]
	effective([object.union(waiver, {"resource": pattern}) | some pattern in patterns]) == set()
}

test_a_code_narrows if {
	named({"code": "no_key"}) == "W-1"
	not named({"code": "other"})
	not waived("T-001", {"resource": "aws_x.this"}, {"code": "no_key"})
}

test_what_could_not_be_told_is_covered_without_a_code if {
	waived("T-001", {"resource": "aws_x.this", "reason": "later"}, {}) == "W-1"
}

test_nobody_approves_their_own if {
	not named({"self_approved": true})
	not named({"self_approved": "false"})
	not named({"requester": "Sam Lee", "approver": " sam lee"})
}

test_as_long_as_the_profile_allows_and_no_longer if {
	named_in({"profile": {"waivers": {"high": 30}}}) == "W-1"
	not named_in({"profile": {"waivers": {"high": 29}}})
	not named_in({"profile": {"waivers": {"low": 30}}})
	not named_in({"profile": {"waivers": {"high": "30 days"}}})
	not named_in({"profile": {"waivers": {"high": {"days": 30}}}})
	not named_in({"profile": {}})
	not named({"control": "T-404"})
}

test_every_part_must_be_there_as_text if {
	effective([waiver]) == {waiver}
	effective([object.remove(waiver, [key]) | some key in object.keys(waiver)]) == set()
	effective([broken |
		some key in (object.keys(waiver) - {"self_approved"})
		some value in no_texts
		broken := object.union(object.remove(waiver, [key]), {key: value})
	]) == set()
}

test_a_code_that_is_no_text_is_not_the_same_as_none if {
	effective([object.union(waiver, {"code": value}) | some value in no_texts]) == set()
}

no_texts := [null, false, true, 7, "", " ", [], ["aws_x.this"], {}, {"aws_x.this": true}]

test_days_are_written_as_days if {
	days := [
		"2026-11-1", "2026-1-01", "2026-13-01", "2026-11-32", "20261101", "2026-W45-1", "1999-01-01", "9999-12-31",
		"2026-11-01T00:00:00Z", "2026-11-30\n",
	]
	effective([object.union(waiver, {key: day}) | some key in ["first_day", "last_day"]; some day in days]) == set()
	effective([object.union(waiver, {"first_day": "2026-11-30", "last_day": "2026-11-01"})]) == set()
}

test_no_waivers_are_no_waivers if {
	not waivers.of("T-001", finding) with input as object.union(document({}), {"waivers": []})
	not waivers.of("T-001", finding) with input as object.union(document({}), {"waivers": null})
	not waivers.of("T-001", finding) with input as object.union(document({}), {"waivers": {"0": waiver}})
		with data.policyctl.catalog as catalog
	not waivers.of("T-001", finding) with input as object.remove(document({}), ["waivers"])
	not waivers.of("T-001", finding) with input as object.union(document({}), {"waivers": ["W-1", 7, null, [waiver]]})
}

test_of_several_the_first_by_id_is_named if {
	two := [object.union(waiver, {"id": "W-2"}), waiver]
	id := waivers.of("T-001", finding) with input as object.union(document({}), {"waivers": two})
		with data.policyctl.catalog as catalog
	id == "W-1"
}

test_each_way_to_have_no_effect_has_its_word if {
	word({}, ["W-1"], []) == "applied"
	word({}, ["W-2"], ["W-1"]) == "not_needed"
	word({}, [], []) == "unmatched"
	word({"system": "other"}, [], []) == "other_system"
	word({"last_day": "2027-11-30"}, [], []) == "too_long"
	word({"first_day": "2026-11-01", "last_day": "2026-11-20"}, [], []) == "expired"
	word({"first_day": "2026-11-22"}, [], []) == "not_started"
	word({"self_approved": true}, [], []) == "self_approved"
	word({"owner": ""}, [], []) == "malformed"
}

word(changes, applied, settled) := state if {
	state := waivers.state(object.union(waiver, changes), {id | some id in applied}, {id | some id in settled})
		with input as document({})
		with data.policyctl.catalog as catalog
}

named(changes) := waived("T-001", finding, changes)

named_on(day) := named_in({"as_of": day})

named_in(changes) := id if {
	id := waivers.of("T-001", finding) with input as object.union(object.remove(document({}), object.keys(changes)), changes)
		with data.policyctl.catalog as catalog
}

waived(control, entry, changes) := id if {
	id := waivers.of(control, entry) with input as document(changes)
		with data.policyctl.catalog as catalog
}

effective(listed) := found if {
	found := waivers.in_force with input as object.union(document({}), {"waivers": listed})
		with data.policyctl.catalog as catalog
}

finding := {"code": "no_key", "resource": "aws_x.this"}

catalog := {"controls": {"T-001": {"severity": "high"}, "T-002": {"severity": "high"}}}

document(changes) := {
	"as_of": "2026-11-21",
	"system": {"id": "scoring", "established": true},
	"profile": {"waivers": {"high": 90}},
	"waivers": [object.union(waiver, changes)],
}

waiver := {
	"id": "W-1",
	"control": "T-001",
	"system": "scoring",
	"resource": "aws_x.this",
	"owner": "Retail Risk",
	"reason": "The key service is being moved.",
	"compensating_control": "The bucket is reachable from one subnet only.",
	"ticket": "RISK-7",
	"requester": "sam@example.org",
	"approver": "kim@example.org",
	"self_approved": false,
	"first_day": "2026-11-01",
	"last_day": "2026-11-30",
}
