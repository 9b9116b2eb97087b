package policyctl.lib.agent_test

import data.policyctl.lib.agent
import data.policyctl.testing.agent as make

test_servers_are_known_by_their_names if {
	agent.servers == [make.server({})] with input as make.of_server({}, {})
	agent.running == [make.server({})] with input as make.of_server({}, {})
	agent.unread_servers == set() with input as make.of_server({}, {})
}

test_a_server_that_is_switched_off_does_not_run if {
	agent.running == [] with input as make.of_server({"enabled": false}, {})
	count(agent.servers) == 1 with input as make.of_server({"enabled": false}, {})
	every broken in [null, "false", 0, [false]] {
		count(agent.running) == 1 with input as make.of_server({"enabled": broken}, {})
	}
}

test_what_cannot_be_told_apart_is_unread if {
	every broken in ["x", 1, null, {}, [make.server({})], {"id": ""}, {"id": 1}] {
		document := make.configuration({"servers": [broken]}, {})
		agent.servers == [] with input as document
		agent.unread_servers == {{
			"resource": ".mcp.json",
			"path": [],
			"reason": "what the file says of its server 0 could not be read",
		}} with input as document
	}
	agent.servers == [] with input as {"facts": {"id": ".mcp.json"}}
}

test_only_lists_of_servers_are_no_settings if {
	not agent.is_settings with input as make.of_server({}, {})
	agent.is_settings with input as make.of_settings({}, {})
	agent.is_settings with input as make.configuration({"format": null}, {})
	agent.is_settings with input as {"facts": {"id": "settings.json"}}
}

test_approval_is_an_object if {
	agent.approval == make.approval({}) with input as make.of_settings({}, {})
	agent.approval == {} with input as make.configuration({"format": "claude_code", "approval": "x"}, {})
	agent.approval == {} with input as make.configuration({"approval": make.approval({})}, {})
	agent.approval == {} with input as {"facts": {"id": "settings.json"}}
}

test_what_neither_asks_nor_forbids_is_allowed if {
	rules := [make.shell_rule(effect, "git", true) | some effect in ["allow", "ask", "deny", "x", null]]
	[rule.effect | some rule in agent.allowed] == ["allow", "x", null] with input as make.of_settings({"rules": rules}, {})
}

test_a_list_that_is_none_is_empty_and_unread if {
	agent.entries({"grants": [{}, 1]}, "grants") == [{}]
	agent.unread({"grants": [{}]}, "grants", "files") == set()
	agent.unread({"grants": []}, "grants", "files") == set()
	every broken in [{}, {"grants": "x"}, {"grants": {"0": {}}}, {"grants": [1]}, {"grants": [{}, null]}, "x"] {
		agent.unread(broken, "grants", "files") == {{
			"resource": "files",
			"path": [],
			"reason": "what stands there of grants could not be read",
		}}
	}
	agent.entries({"grants": {"0": {}}}, "grants") == []
	{entry.path | some entry in agent.unread({"path": ["a"]}, "grants", "files")} == {["a"]}
}

test_a_place_is_below_its_thing if {
	agent.at(make.server({}), ["trust"]) == ["mcpServers", "scores", "trust"]
	agent.at({"path": "x"}, ["trust"]) == ["trust"]
}

test_a_text_says_something if {
	agent.text({"name": "a"}, "name", "-") == "a"
	every nothing in [{}, {"name": ""}, {"name": " "}, {"name": 1}, {"name": null}] {
		agent.text(nothing, "name", "-") == "-"
	}
}

test_a_flag_is_told_or_unread if {
	agent.flag({"off": true}, "off") == "yes"
	agent.flag({"off": false}, "off") == "no"
	every broken in [{}, {"off": null}, {"off": "true"}, {"off": 1}, {"off": [true]}] {
		agent.flag(broken, "off") == "unread"
	}
}

test_a_name_with_a_mark_is_a_pattern if {
	every name in ["*", "read_*", "?", "", null] {
		agent.is_pattern({"name": name}) == true
	}
	agent.is_pattern({}) == true
	agent.is_pattern({"name": "read_page"}) == false
}
