package policyctl.controls.third_parties.notices_test

import data.policyctl.controls.third_parties.notices as control
import data.policyctl.testing.record as make

incident := {"about": "incident", "days": 2, "from_contact": "security@models.example", "to_contact": "+49 30 1234567"}

change := {"about": "change", "days": 14, "from_contact": "https://models.example/changes", "to_contact": "ai@bank.example"}

test_notices_within_the_days_pass if {
	control.resources == {"r-1"} with input as noticed([incident, change])
	control.findings == set() with input as noticed([incident, change])
}

test_each_of_the_two_must_be_told if {
	control.findings == {{
		"code": "no_change_notice",
		"resource": "r-1",
		"message": "it is not recorded that Example Models has to tell of changes",
		"path": ["notices"],
	}} with input as noticed([incident])
	messages == {"it is not recorded that Example Models has to tell of incidents"} with input as noticed([change])
	codes == {"no_incident_notice"} with input as noticed([change])
	every value in [null, [], {}, "by mail", {"0": incident}] {
		codes == {"no_incident_notice", "no_change_notice"} with input as noticed(value)
	}
	codes == {"no_incident_notice", "no_change_notice"} with input as make.of_kind("supplier", {}, parameters)
}

test_the_time_is_agreed if {
	control.findings == {{
		"code": "no_days",
		"resource": "r-1",
		"message": "it is not recorded within how many days Example Models has to tell of incidents",
		"path": ["notices", 1, "days"],
	}} with input as noticed([change, object.remove(incident, ["days"])])
	messages == {"it is not recorded within how many days Example Models has to tell of changes"} with input as noticed([incident, object.union(change, {"days": "14"})])
	codes == {"no_days"} with input as noticed([incident, object.union(change, {"days": null})])
	codes == {"no_days"} with input as noticed([change, object.union(incident, {"days": true})])
}

test_an_incident_becomes_known_in_time if {
	control.findings == {{
		"code": "told_late",
		"resource": "r-1",
		"message": "Example Models may take 3 days to tell of an incident; at most 2 leave time to report it",
		"path": ["notices", 0, "days"],
	}} with input as noticed([object.union(incident, {"days": 3}), change])
}

test_a_change_becomes_known_in_time if {
	control.findings == {{
		"code": "short_notice",
		"resource": "r-1",
		"message": "Example Models tells of a change 13 days before; at least 14 are needed to test it",
		"path": ["notices", 1, "days"],
	}} with input as noticed([incident, object.union(change, {"days": 13})])
}

test_each_side_knows_where_to_reach_the_other if {
	control.findings == {{
		"code": "no_from_contact",
		"resource": "r-1",
		"message": "no address or telephone number is recorded where the supplier is reached about incidents",
		"path": ["notices", 0, "from_contact"],
	}} with input as noticed([object.union(incident, {"from_contact": "The account manager"}), change])
	control.findings == {{
		"code": "no_to_contact",
		"resource": "r-1",
		"message": "no address or telephone number is recorded where the supplier reaches us about changes",
		"path": ["notices", 1, "to_contact"],
	}} with input as noticed([incident, object.remove(change, ["to_contact"])])
	codes == {"no_to_contact"} with input as noticed([object.union(incident, {"to_contact": null}), change])
	codes == {"no_from_contact"} with input as noticed([incident, object.union(change, {"from_contact": "TBD"})])
}

test_a_notice_about_nothing_is_a_finding if {
	control.findings == {{
		"code": "no_about",
		"resource": "r-1",
		"message": "it is not recorded whether this is about incidents or changes",
		"path": ["notices", 2, "about"],
	}} with input as noticed([incident, change, {"days": 2}])
	"no_about" in codes with input as noticed([null])
}

test_open_components_need_none_and_what_is_listed_is_looked_at if {
	open := {"supplies": [{"what": "component", "name": "torch", "open_source": true, "general_purpose": false, "licence": "BSD-3-Clause"}]}
	control.resources == set() with input as make.of_kind("supplier", open, parameters)
	control.findings == set() with input as make.of_kind("supplier", open, parameters)
	codes == {"no_change_notice"} with input as make.of_kind("supplier", object.union(open, {"notices": [incident]}), parameters)
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

parameters := {"third_parties": {"notices": {"incident_days": 2, "change_days": 14}}}

noticed(notices) := make.of_kind("supplier", {"name": "Example Models", "supplies": [{"what": "model", "name": "Explainer"}], "notices": notices}, parameters)
