package policyctl.controls.agents.named_tools_test

import data.policyctl.controls.agents.named_tools as control
import data.policyctl.testing.agent as make

test_a_server_of_which_nothing_runs_unasked_passes if {
	control.resources == {"scores"} with input as make.of_server({}, {})
	control.findings == set() with input as make.of_server({}, {})
	control.undetermined == set() with input as make.of_server({}, {})
}

test_named_tools_pass if {
	every key in ["unasked", "offered"] {
		control.findings == set() with input as make.of_server({key: [make.tool("read_page", ["read", "page"])]}, {})
		control.undetermined == set() with input as make.of_server({key: [make.tool("read_page", ["read", "page"])]}, {})
	}
}

test_a_trusted_server_fails if {
	control.findings == {{
		"code": "trusted",
		"resource": "scores",
		"message": "every tool of this server runs without asking",
		"path": ["mcpServers", "scores", "trust"],
	}} with input as make.of_server({"trusted": true}, {})
}

test_a_pattern_fails if {
	control.findings == {{
		"code": "pattern",
		"resource": "scores",
		"message": "the tools that run without asking are not named one by one (read_*)",
		"path": ["mcpServers", "scores", "autoApprove", 0],
	}} with input as make.of_server({"unasked": [make.tool("read_*", ["read"])]}, {})
	{f.message | some f in control.findings} == {"the tools that the agent is offered are not named one by one (*)"} with input as make.of_server({"offered": [make.tool("*", [])]}, {})
	{f.message | some f in control.findings} == {"the tools that the agent is offered are not named one by one (what stands there)"} with input as make.of_server({"offered": [make.tool(1, [])]}, {})
}

test_a_server_that_is_switched_off_is_not_looked_at if {
	control.resources == set() with input as make.of_server({"enabled": false, "trusted": true}, {})
	control.findings == set() with input as make.of_server({"enabled": false, "trusted": true}, {})
}

test_settings_that_name_tools_pass if {
	control.resources == {".mcp.json"} with input as ruled({})
	control.findings == set() with input as ruled({})
	control.undetermined == set() with input as ruled({})
	control.undetermined == set() with input as make.of_settings({"rules": [make.shell_rule("allow", "git ", true)]}, {})
}

test_a_rule_for_a_whole_server_fails if {
	control.findings == {{
		"code": "whole_server",
		"resource": ".mcp.json",
		"message": "mcp__mail lets every tool run that it fits",
		"path": ["permissions", "allow", 0],
	}} with input as ruled({"whole": true, "text": "mcp__mail"})
	control.findings == set() with input as ruled({"whole": true, "effect": "deny"})
	control.findings == set() with input as ruled({"whole": true, "about": "tool"})
	{f.message | some f in control.findings} == {"the rule lets every tool run that it fits"} with input as ruled({"whole": true, "text": ""})
}

test_starting_every_server_fails if {
	control.findings == {{
		"code": "every_server",
		"resource": ".mcp.json",
		"message": "servers that a repository brings along are started without asking",
		"path": ["enableAllProjectMcpServers"],
	}} with input as make.of_settings({"every_server": true}, {})
}

test_what_cannot_be_read_is_undetermined if {
	every broken in [null, "true", 1] {
		control.undetermined == {told(["mcpServers", "scores"], "scores", "whether the server is trusted could not be read")} with input as make.of_server({"trusted": broken}, {})
		control.undetermined == {told(["permissions"], ".mcp.json", "whether every server is started could not be read")} with input as make.of_settings({"every_server": broken}, {})
	}
	every key in ["unasked", "offered"] {
		reason := sprintf("what stands there of %s could not be read", [key])
		control.undetermined == {told(["mcpServers", "scores"], "scores", reason)} with input as make.of_server({key: "x"}, {})
	}
	control.undetermined == {told(["permissions"], ".mcp.json", "what stands there of rules could not be read")} with input as make.of_settings({"rules": "x"}, {})
	count(control.undetermined) == 2 with input as make.configuration({"format": "claude_code"}, {})
	count(control.undetermined) == 1 with input as make.configuration({"servers": ["x"]}, {})
}

test_a_rule_that_nobody_knows_is_undetermined if {
	every broken in ["unknown", null, 1] {
		control.undetermined == {told(["permissions", "allow", 0], ".mcp.json", "what mcp__mail__search allows is not known")} with input as ruled({"about": broken})
		control.undetermined == set() with input as ruled({"about": broken, "effect": "ask"})
	}
	every broken in [null, "x"] {
		control.undetermined == {told(["permissions", "allow", 0], ".mcp.json", "what the rule allows is not known")} with input as ruled({"whole": broken, "text": null})
	}
	every about in ["shell", "tool", "any"] {
		control.undetermined == set() with input as ruled({"about": about, "whole": null})
	}
}

told(path, resource, reason) := {"resource": resource, "path": path, "reason": reason}

ruled(changes) := make.of_settings({"rules": [make.mcp_rule(changes)]}, {})
