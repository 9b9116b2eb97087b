package policyctl.controls.agents.permission_rules_test

import data.policyctl.controls.agents.permission_rules as control
import data.policyctl.testing.agent as make

test_settings_without_rules_pass if {
	control.resources == {".mcp.json"} with input as of([])
	control.findings == set() with input as of([])
	control.undetermined == set() with input as of([])
}

test_harmless_commands_pass if {
	every rule in [allow("npm run test ", true), allow("git pull", true), allow("git push", false), allow("rmdir ", true), allow("r", false)] {
		control.findings == set() with input as of([rule])
		control.undetermined == set() with input as of([rule])
	}
}

test_a_rule_for_everything_fails if {
	control.findings == {{
		"code": "everything",
		"resource": ".mcp.json",
		"message": "Bash() allows anything without asking",
		"path": ["permissions", "allow", 0],
	}} with input as of([allow("", true)])
	codes == {"everything"} with input as of([object.union(allow("x", false), {"about": "any"})])
	codes == {"everything"} with input as of([object.union(allow("rm ", true), {"about": "any"})])
	codes == set() with input as of([allow("", false)])
	codes == set() with input as of([make.shell_rule("ask", "", true)])
	codes == set() with input as of([object.union(allow("", true), {"about": "tool"})])
	{f.message | some f in control.findings} == {"the rule allows anything without asking"} with input as of([object.union(allow("", true), {"text": ""})])
}

test_a_rule_that_lets_a_dangerous_command_run_fails if {
	control.findings == {{
		"code": "dangerous",
		"resource": ".mcp.json",
		"message": "Bash(git ) allows git push, git reset without asking, and no rule asks or forbids",
		"path": ["permissions", "allow", 0],
	}} with input as of([allow("git ", true)])
	every prefix in ["git push", "git pus", "git push ", "git push origin ", "rm ", "r", "rm -rf "] {
		codes == {"dangerous"} with input as of([allow(prefix, true)])
	}
	codes == set() with input as of([object.union(allow("rm ", true), {"about": "tool"})])
	{f.message | some f in control.findings} == {"the rule allows rm without asking, and no rule asks or forbids"} with input as of([object.union(allow("rm ", true), {"text": null})])
}

test_a_rule_that_asks_or_forbids_goes_first if {
	every effect in ["ask", "deny"] {
		every prefix in ["git push ", "git push", "git ", ""] {
			codes == set() with input as of([allow("git push ", true), make.shell_rule(effect, prefix, true)])
		}
		every prefix in ["git push --force ", "rm ", "git reset "] {
			codes == {"dangerous"} with input as of([allow("git push ", true), make.shell_rule(effect, prefix, true)])
		}
		codes == {"dangerous"} with input as of([allow("git push ", true), make.shell_rule(effect, "git push", false)])
		codes == {"dangerous"} with input as of([allow("git push ", true), object.union(make.shell_rule(effect, "git ", true), {"about": "tool"})])
		codes == {"dangerous"} with input as of([allow("git push ", true), object.union(make.shell_rule(effect, "git ", true), {"prefix": 1})])
		codes == set() with input as of([allow("git push ", true), {"effect": effect, "about": "any"}])
	}
	codes == {"dangerous"} with input as of([allow("git push ", true), allow("git push", false)])
	codes == {"dangerous", "everything"} with input as of([allow("git push ", true), {"effect": "allow", "about": "any"}])
}

test_other_tools_are_not_looked_at if {
	every about in ["tool", "mcp"] {
		control.findings == set() with input as of([object.union(allow("x", false), {"about": about})])
		control.undetermined == set() with input as of([object.union(allow("x", false), {"about": about})])
	}
	control.resources == set() with input as make.of_server({}, parameters)
	control.undetermined == set() with input as make.of_server({}, parameters)
}

test_a_rule_that_nobody_knows_is_undetermined if {
	every broken in [{"about": "unknown"}, {"about": null}, {"prefix": null}, {"prefix": 1}, {"open": null}, {"open": "true"}] {
		control.findings == set() with input as of([object.union(allow("rm ", true), broken)])
		control.undetermined == {{
			"resource": ".mcp.json",
			"path": ["permissions", "allow", 0],
			"reason": "what Bash(rm ) allows is not known",
		}} with input as of([object.union(allow("rm ", true), broken)])
	}
	control.undetermined == set() with input as of([object.union(allow("", true), {"about": "any", "prefix": null})])
	control.undetermined == set() with input as of([object.union(make.shell_rule("deny", "rm", true), {"about": "unknown"})])
	{e.reason | some e in control.undetermined} == {"what the rule allows is not known"} with input as of([{}])
}

test_rules_that_cannot_be_read_are_undetermined if {
	control.undetermined == {{
		"resource": ".mcp.json",
		"path": ["permissions"],
		"reason": "what stands there of rules could not be read",
	}} with input as of("x")
	count(control.undetermined) == 1 with input as make.configuration({"format": "claude_code"}, parameters)
	control.resources == {"settings.json"} with input as {"facts": {"id": "settings.json"}}
}

codes := {finding.code | some finding in control.findings}

of(rules) := make.of_settings({"rules": rules}, parameters)

allow(prefix, open) := make.shell_rule("allow", prefix, open)

parameters := {"agents": {"permission_rules": {"commands": ["rm", "git push", "git reset"]}}}
