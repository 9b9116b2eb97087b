package policyctl.controls.agents.machine_access_test

import data.policyctl.controls.agents.machine_access as control
import data.policyctl.testing.agent as make

test_a_part_of_the_machine_passes if {
	every confined in ["roots", "container"] {
		control.resources == {"scores"} with input as given(confined, {})
		control.findings == set() with input as given(confined, {})
		control.undetermined == set() with input as given(confined, {})
	}
}

test_a_container_that_is_given_nothing_passes if {
	control.resources == {"scores"} with input as server({"confined": "container", "grants": []})
	control.undetermined == set() with input as server({"confined": "container", "grants": []})
}

test_a_plain_program_is_not_looked_at if {
	control.resources == set() with input as server({"confined": "no"})
	control.findings == set() with input as given("no", {"extent": "all"})
	control.undetermined == set() with input as server({"confined": "no"})
}

test_a_server_that_is_switched_off_is_not_looked_at if {
	control.resources == set() with input as server({"enabled": false, "confined": "container"})
}

test_the_whole_machine_fails if {
	expected := {
		["directory", "all"]: ["whole_file_system", "/ is open to the server, and with it what the machine needs and keeps secret"],
		["directory", "home"]: ["home_directory", "/ is open to the server, and with it a person's keys and tokens"],
		["socket", "all"]: ["container_socket", "/ lets the server start any container, and so do anything on the machine"],
		["privileged", "all"]: ["not_isolated", "/ takes away what keeps the container apart from the machine"],
		["namespace", "all"]: ["not_isolated", "/ takes away what keeps the container apart from the machine"],
	}
	every case, told in expected {
		control.findings == {{
			"code": told[0],
			"resource": "scores",
			"message": told[1],
			"path": ["mcpServers", "scores", "args", 2],
		}} with input as given("container", {"what": case[0], "extent": case[1], "target": "/"})
		control.undetermined == set() with input as given("container", {"what": case[0], "extent": case[1], "target": "/"})
	}
}

test_a_grant_that_nobody_can_measure_is_undetermined if {
	every broken in ["unknown", null, 1, ["part"]] {
		control.findings == set() with input as given("roots", {"extent": broken})
		control.undetermined == {told(["mcpServers", "scores", "args", 2], "how much ./docs opens is not told")} with input as given("roots", {"extent": broken})
		count(control.undetermined) == 1 with input as given("container", {"what": "socket", "extent": broken})
		count(control.undetermined) == 1 with input as given("container", {"what": broken, "extent": "all"})
	}
	{e.reason | some e in control.undetermined} == {"how much what stands there opens is not told"} with input as given("roots", {"extent": "unknown", "target": ""})
	{f.message | some f in control.findings} == {"what is given lets the server start any container, and so do anything on the machine"} with input as given("container", {"what": "socket", "extent": "all", "target": null})
	control.findings == set() with input as server({"confined": "container", "grants": [{}]})
	count(control.undetermined) == 1 with input as server({"confined": "container", "grants": [{}]})
}

test_a_file_system_server_without_roots_is_undetermined if {
	control.undetermined == {told(["mcpServers", "scores"], "the file does not tell which directories the server may touch")} with input as server({"confined": "roots", "grants": []})
}

test_what_confines_a_server_must_be_told if {
	every broken in ["x", null, 1, ["no"]] {
		told(["mcpServers", "scores"], "what the server may touch could not be read") in control.undetermined with input as given(broken, {})
		control.resources == {"scores"} with input as given(broken, {})
	}
	{e.reason | some e in control.undetermined} == {"what the server may touch could not be read"} with input as given("x", {})
}

test_directories_of_settings_are_looked_at if {
	control.resources == {".mcp.json"} with input as make.of_settings({"directories": [grant({})]}, {})
	control.findings == set() with input as make.of_settings({"directories": [grant({})]}, {})
	{f.resource | some f in control.findings} == {".mcp.json"} with input as make.of_settings({"directories": [grant({"extent": "home"})]}, {})
	control.resources == set() with input as make.of_settings({}, {})
	control.undetermined == set() with input as make.of_settings({}, {})
	control.undetermined == {{
		"resource": ".mcp.json",
		"path": ["permissions"],
		"reason": "what stands there of directories could not be read",
	}} with input as make.of_settings({"directories": "x"}, {})
}

test_grants_and_servers_that_cannot_be_read_are_undetermined if {
	told(["mcpServers", "scores"], "what stands there of grants could not be read") in control.undetermined with input as server({"confined": "container", "grants": "x"})
	count(control.undetermined) == 1 with input as make.configuration({"servers": ["x"]}, {})
}

told(path, reason) := {"resource": "scores", "path": path, "reason": reason}

given(confined, changes) := server({"confined": confined, "grants": [grant(changes)]})

grant(changes) := object.union(
	{"path": ["mcpServers", "scores", "args", 2], "what": "directory", "target": "./docs", "extent": "part"},
	changes,
)

server(changes) := make.of_server(changes, {})
