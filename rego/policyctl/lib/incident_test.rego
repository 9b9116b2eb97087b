package policyctl.lib.incident_test

import data.policyctl.lib.incident
import data.policyctl.testing.record

test_the_limit_is_that_of_the_gravest_harm if {
	within({"harms": ["property"], "widespread": false}) == [15, 15]
	within({"harms": ["health", "fundamental_rights", "environment"], "widespread": false}) == [15, 15]
	within({"harms": ["property", "death"], "widespread": false}) == [10, 10]
	within({"harms": ["death", "critical_infrastructure"], "widespread": false}) == [2, 2]
	within({"harms": ["property"], "widespread": true}) == [2, 2]
}

test_what_is_not_stated_may_shorten_it if {
	within({}) == [2, 15]
	within({"harms": [], "widespread": false}) == [2, 15]
	within({"harms": ["death"]}) == [2, 10]
	within({"harms": ["death"], "widespread": "no"}) == [2, 10]
	within({"harms": ["death", "fright"], "widespread": false}) == [2, 10]
	within({"harms": {"a": "property"}, "widespread": false}) == [2, 15]
	within({"harms": "death", "widespread": false}) == [2, 15]
	within({"harms": [null], "widespread": false}) == [2, 15]
}

test_no_serious_incident_has_a_reason_and_no_harm if {
	incident.spared with input as of({"not_serious": "Nobody was harmed", "harms": [], "widespread": false})
	incident.spared with input as of({"not_serious": "Nobody was harmed"})
	every facts in [{}, {"not_serious": "n/a"}, {"not_serious": true}, {"not_serious": "Fine", "harms": ["death"]}, {"not_serious": "Fine", "harms": null}, {"not_serious": "Fine", "widespread": true}, {"not_serious": "Fine", "widespread": null}] {
		incident.spared == false with input as of(facts)
	}
}

test_awareness_is_a_day_of_the_calendar if {
	incident.aware == "2026-11-20" with input as of({"aware": "2026-11-20"})
	incident.due(2) == "2026-11-22" with input as of({"aware": "2026-11-20"})
	every broken in [null, "soon", 7, "2026-11-31"] {
		incident.aware == null with input as of({"aware": broken})
		incident.due(2) == null with input as of({"aware": broken})
	}
	incident.aware == null with input as of({})
}

test_reports_that_were_sent_have_an_addressee_and_a_day_until_today if {
	listed := [{"to": "Authority", "day": "2026-11-21"}, {"to": "Authority", "day": "2026-11-22"}, {"to": "TBD", "day": "2026-11-20"}, {"to": "Authority"}, {"to": "Authority", "day": "x"}, null, {"to": "Authority", "day": "2026-11-19"}]
	{one.index | some one in incident.sent} == {0, 6} with input as of({"reports": listed})
	incident.unclear_reports == {2, 3, 4, 5} with input as of({"reports": listed})
	incident.first_report == "2026-11-19" with input as of({"reports": listed})
	every broken in [null, 7, "x", {}, {"a": {"to": "Authority", "day": "2026-11-20"}}, []] {
		incident.sent == [] with input as of({"reports": broken})
		incident.first_report == null with input as of({"reports": broken})
	}
	incident.sent == [] with input as of({})
}

test_a_day_has_come_today_and_not_tomorrow if {
	incident.has_come("2026-11-21") with input as of({})
	every day in ["2026-11-22", "today", null, 20261121] {
		incident.has_come(day) == false with input as of({})
	}
}

within(facts) := limits if limits := [incident.shortest, incident.longest] with input as of(facts)

of(facts) := record.of_kind("incident", facts, {})
