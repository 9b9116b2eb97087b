package policyctl.controls.agents.human_confirmation_test

import data.policyctl.controls.agents.human_confirmation as control
import data.policyctl.testing.agent as make

test_a_server_of_which_nothing_runs_unasked_passes if {
	control.resources == {"scores"} with input as server({})
	control.findings == set() with input as server({})
	control.undetermined == set() with input as server({})
}

test_a_tool_that_only_looks_may_run_unasked if {
	control.findings == set() with input as server({"unasked": [make.tool("search", ["search"])]})
	control.undetermined == set() with input as server({"unasked": [make.tool("search", ["search"])]})
}

test_a_tool_that_acts_fails if {
	control.findings == {{
		"code": "not_asked",
		"resource": "scores",
		"message": "sendMessage runs without asking, and by its name it changes something",
		"path": ["mcpServers", "scores", "autoApprove", 0],
	}} with input as server({"unasked": [make.tool("sendMessage", ["send", "message"])]})
}

test_a_pattern_that_any_tool_may_fit_fails if {
	control.findings == {{
		"code": "any_action",
		"resource": "scores",
		"message": "* runs whatever it fits without asking, what changes things as well",
		"path": ["mcpServers", "scores", "autoApprove", 0],
	}} with input as server({"unasked": [make.tool("*", [])]})
}

test_a_trusted_server_fails if {
	control.findings == {{
		"code": "nobody_asked",
		"resource": "scores",
		"message": "nobody is asked before this server does anything",
		"path": ["mcpServers", "scores", "trust"],
	}} with input as server({"trusted": true})
}

test_a_server_that_is_switched_off_is_not_looked_at if {
	off := {"enabled": false, "trusted": true, "unasked": [make.tool("send", ["send"])]}
	control.resources == set() with input as server(off)
	control.findings == set() with input as server(off)
}

test_a_mode_that_asks_passes if {
	every asks in ["each", "edits"] {
		control.resources == {".mcp.json"} with input as mode(asks)
		control.findings == set() with input as mode(asks)
		control.undetermined == set() with input as mode(asks)
	}
}

test_a_mode_in_which_nobody_is_asked_fails if {
	control.findings == {{
		"code": "nobody_asked",
		"resource": ".mcp.json",
		"message": "in the mode bypassPermissions nobody is asked before anything is done",
		"path": ["permissions", "defaultMode"],
	}} with input as mode("never")
	control.undetermined == set() with input as mode("never")
}

test_a_mode_that_edits_unasked_fails_where_that_is_not_wanted if {
	control.findings == {{
		"code": "edits_not_asked",
		"resource": ".mcp.json",
		"message": "in the mode bypassPermissions files are changed without asking",
		"path": ["permissions", "defaultMode"],
	}} with input as make.of_settings({"mode": named("edits")}, parameters(["each"]))
	control.findings == set() with input as make.of_settings({"mode": named("each")}, parameters(["each"]))
}

test_a_mode_that_nobody_knows_is_undetermined if {
	every broken in ["unknown", null, 1, ["each"]] {
		control.findings == set() with input as mode(broken)
		control.undetermined == {told(["permissions"], ".mcp.json", "whether a person is asked in the mode that is set is not known")} with input as mode(broken)
	}
	count(control.undetermined) == 1 with input as settings({"mode": "x"})
}

test_a_rule_for_a_tool_that_only_looks_passes if {
	control.findings == set() with input as ruled({})
	control.undetermined == set() with input as ruled({})
}

test_a_rule_for_a_tool_that_acts_fails if {
	control.findings == {{
		"code": "not_asked",
		"resource": ".mcp.json",
		"message": "mcp__mail__send runs without asking, and by its name it changes something",
		"path": ["permissions", "allow", 0],
	}} with input as ruled({"text": "mcp__mail__send", "words": ["send"]})
	control.findings == {{
		"code": "any_action",
		"resource": ".mcp.json",
		"message": "mcp__mail runs whatever it fits without asking, what changes things as well",
		"path": ["permissions", "allow", 0],
	}} with input as ruled({"text": "mcp__mail", "words": [], "whole": true})
	control.findings == set() with input as ruled({"words": ["send"], "effect": "ask"})
	control.findings == set() with input as ruled({"words": ["send"], "about": "tool"})
	{f.message | some f in control.findings} == {"a tool runs without asking, and by its name it changes something"} with input as ruled({"text": "", "words": ["send"]})
}

test_what_cannot_be_read_is_undetermined if {
	every broken in [null, "true", 1] {
		control.undetermined == {told(["mcpServers", "scores"], "scores", "whether the server is trusted could not be read")} with input as server({"trusted": broken})
	}
	control.undetermined == {told(["mcpServers", "scores"], "scores", "what stands there of unasked could not be read")} with input as server({"unasked": "x"})
	control.undetermined == {told(["permissions"], ".mcp.json", "what stands there of rules could not be read")} with input as settings({"rules": "x"})
	count(control.undetermined) == 1 with input as make.configuration({"servers": ["x"]}, parameters(["each"]))
	count(control.undetermined) == 2 with input as make.configuration({"format": "claude_code"}, parameters(["each"]))
}

test_a_tool_without_a_name_or_words_is_undetermined if {
	place := ["mcpServers", "scores", "autoApprove", 0]
	every broken in [null, "search", {"0": "search"}, [], [1], [""], ["search", null]] {
		control.undetermined == {told(place, "scores", "which tool runs without asking could not be read")} with input as server({"unasked": [make.tool("search", broken)]})
		control.undetermined == {told(["permissions", "allow", 0], ".mcp.json", "what mcp__mail__search allows is not known")} with input as ruled({"words": broken})
	}
	every broken in [null, "", 1] {
		count(control.undetermined) == 1 with input as server({"unasked": [make.tool(broken, ["search"])]})
	}
}

test_what_has_no_name_is_told_as_such if {
	{f.message | some f in control.findings} == {"in the mode that is set nobody is asked before anything is done"} with input as settings({"mode": {"asks": "never", "name": ""}})
	{f.message | some f in control.findings} == {"in the mode that is set files are changed without asking"} with input as make.of_settings({"mode": {"asks": "edits", "name": 1}}, parameters(["each"]))
	{f.message | some f in control.findings} == {"a tool runs whatever it fits without asking, what changes things as well"} with input as server({"unasked": [make.tool(null, ["send"])]})
}

test_a_rule_of_which_nobody_knows_whether_it_is_for_all_tools_is_no_finding if {
	every broken in [null, "true"] {
		control.findings == set() with input as ruled({"words": ["send"], "whole": broken})
		count(control.undetermined) == 1 with input as ruled({"words": ["send"], "whole": broken})
	}
	rule := object.remove(make.mcp_rule({"words": ["send"]}), ["whole"])
	control.findings == set() with input as settings({"rules": [rule]})
	control.undetermined == set() with input as ruled({"words": [], "whole": true})
	control.undetermined == set() with input as server({"unasked": [make.tool("*", [])]})
}

test_a_rule_that_nobody_knows_is_undetermined if {
	every broken in ["unknown", null, 1] {
		control.undetermined == {told(["permissions", "allow", 0], ".mcp.json", "what mcp__mail__search allows is not known")} with input as ruled({"about": broken})
		control.undetermined == set() with input as ruled({"about": broken, "effect": "deny"})
	}
	{e.reason | some e in control.undetermined} == {"what the rule allows is not known"} with input as ruled({"whole": "x", "text": ""})
	every about in ["shell", "tool", "any"] {
		control.undetermined == set() with input as ruled({"about": about, "whole": null, "words": null})
	}
}

told(path, resource, reason) := {"resource": resource, "path": path, "reason": reason}

server(changes) := make.of_server(changes, parameters(["each", "edits"]))

settings(changes) := make.of_settings(changes, parameters(["each", "edits"]))

mode(asks) := settings({"mode": named(asks)})

named(asks) := {"path": ["permissions", "defaultMode"], "name": "bypassPermissions", "asks": asks}

ruled(changes) := settings({"rules": [make.mcp_rule(changes)]})

parameters(asking) := {"agents": {"human_confirmation": {"actions": ["send", "delete"], "asking": asking}}}
