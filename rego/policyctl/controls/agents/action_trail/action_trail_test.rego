package policyctl.controls.agents.action_trail_test

import data.policyctl.controls.agents.action_trail as control
import data.policyctl.testing.agent as make

test_a_hook_on_every_tool_passes if {
	control.resources == {".mcp.json"} with input as of({}, {})
	control.findings == set() with input as of({}, {})
	control.undetermined == set() with input as of({}, {})
}

test_telemetry_passes_with_hooks_switched_off if {
	control.findings == set() with input as of({"by": "telemetry"}, {"off": true})
	control.undetermined == set() with input as of({"by": "telemetry"}, {"off": true})
}

test_no_recorder_fails if {
	control.findings == {{
		"code": "no_trail",
		"resource": ".mcp.json",
		"message": "nothing is told what the agent does, so that nobody can look it up",
		"path": [],
	}} with input as of({}, {"recorders": []})
	codes == {"no_trail"} with input as of({}, {"recorders": [], "off": true})
	control.undetermined == set() with input as of({}, {"recorders": []})
}

test_a_hook_on_some_tools_fails if {
	control.findings == {{
		"code": "some_tools",
		"resource": ".mcp.json",
		"message": "only calls of some tools are told to somebody, those of the others leave no trace",
		"path": ["hooks", "PostToolUse", 0],
	}} with input as of({"covers": "some"}, {})
	control.findings == set() with input as of({}, {"recorders": [recorder({"covers": "some"}), recorder({})]})
}

test_hooks_that_are_switched_off_fail if {
	control.findings == {{
		"code": "hooks_off",
		"resource": ".mcp.json",
		"message": "hooks are switched off, and nothing else is told what the agent does",
		"path": ["disableAllHooks"],
	}} with input as of({}, {"off": true})
	control.undetermined == set() with input as of({}, {"off": true})
	codes == {"some_tools"} with input as of({}, {"off": true, "recorders": [recorder({}), recorder({"by": "telemetry", "covers": "some"})]})
}

test_formats_that_cannot_say_it_are_not_looked_at if {
	every format in ["mcp", "vscode", "cursor"] {
		document := make.configuration({"format": format, "trail": trail({"recorders": []})}, {})
		control.resources == set() with input as document
		control.findings == set() with input as document
		control.undetermined == set() with input as document
		off := make.configuration({"format": format, "trail": trail({"off": true})}, {})
		control.findings == set() with input as off
		some_tools := make.configuration({"format": format, "trail": trail({"off": "x", "recorders": [recorder({"covers": "some", "by": "x"}), 1]})}, {})
		control.findings == set() with input as some_tools
		control.undetermined == set() with input as some_tools
		few := make.configuration({"format": format, "trail": trail({"recorders": [recorder({"covers": "some"})]})}, {})
		control.findings == set() with input as few
	}
}

test_what_cannot_be_read_is_undetermined if {
	every broken in [null, "x", 1] {
		told([], "whether hooks are switched off could not be read") in control.undetermined with input as of({}, {"off": broken})
		told(["hooks", "PostToolUse", 0], "which calls are told to somebody could not be read") in control.undetermined with input as of({"covers": broken}, {})
		told(["hooks", "PostToolUse", 0], "which calls are told to somebody could not be read") in control.undetermined with input as of({"by": broken}, {})
		count(control.undetermined) == 1 with input as of({}, {"recorders": broken})
		count(control.undetermined) == 2 with input as make.configuration({"format": "claude_code", "trail": broken}, {})
	}
	control.undetermined == {told([], "whether hooks are switched off could not be read")} with input as of({}, {"off": null})
	control.findings == set() with input as of({}, {"off": null})
	control.findings == set() with input as of({"covers": "unknown"}, {})
	control.findings == set() with input as of({"covers": null}, {})
	control.undetermined == set() with input as of({"covers": "some"}, {})
	control.undetermined == {told(["hooks", "PostToolUse", 0], "which calls are told to somebody could not be read")} with input as of({"covers": null}, {})
	count(control.undetermined) == 2 with input as {"facts": {"id": "settings.json"}}
	control.resources == {"settings.json"} with input as {"facts": {"id": "settings.json"}}
}

codes := {finding.code | some finding in control.findings}

told(path, reason) := {"resource": ".mcp.json", "path": path, "reason": reason}

of(changes, others) := make.configuration({"format": "claude_code", "trail": trail(object.union({"recorders": [recorder(changes)]}, others))}, {})

trail(changes) := object.union({"path": [], "off": false, "recorders": [recorder({})]}, changes)

recorder(changes) := object.union({"path": ["hooks", "PostToolUse", 0], "by": "hook", "on": "PostToolUse", "covers": "all"}, changes)
