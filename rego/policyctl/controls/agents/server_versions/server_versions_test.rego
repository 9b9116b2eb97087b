package policyctl.controls.agents.server_versions_test

import data.policyctl.controls.agents.server_versions as control
import data.policyctl.testing.agent as make

test_an_exact_package_passes if {
	every pin in ["exact", "digest", "commit"] {
		control.resources == {"scores"} with input as of({"pin": pin})
		control.findings == set() with input as of({"pin": pin})
		control.undetermined == set() with input as of({"pin": pin})
	}
}

test_a_package_without_a_version_fails if {
	control.findings == {{
		"code": "no_version",
		"resource": "scores",
		"message": "@example/scores is fetched with no version: whatever is newest runs",
		"path": ["mcpServers", "scores", "args", 1],
	}} with input as of({"pin": "none", "version": ""})
	control.undetermined == set() with input as of({"pin": "none"})
}

test_a_version_that_moves_fails if {
	every pin in ["moving", "tag"] {
		control.findings == {{
			"code": "moving_version",
			"resource": "scores",
			"message": "@example/scores is fetched at latest, which may be another program at the next start",
			"path": ["mcpServers", "scores", "args", 1],
		}} with input as of({"pin": pin, "version": "latest"})
		control.undetermined == set() with input as of({"pin": pin})
	}
}

test_which_versions_count_is_a_choice if {
	every pin in ["exact", "commit"] {
		control.findings == {{
			"code": "not_accepted",
			"resource": "scores",
			"message": "@example/scores is fetched at 1.4.2, which is not the kind of version that is wanted here",
			"path": ["mcpServers", "scores", "args", 1],
		}} with input as wanting({"pin": pin}, ["digest"])
	}
	{f.code | some f in control.findings} == {"not_accepted"} with input as wanting({"pin": "digest"}, ["exact"])
	control.findings == set() with input as wanting({"pin": "tag"}, ["tag"])
	control.undetermined == set() with input as wanting({"pin": "tag"}, ["tag"])
}

test_a_program_of_the_repository_passes if {
	control.findings == set() with input as started("own", [])
	control.undetermined == set() with input as started("own", [])
	control.resources == {"scores"} with input as started("own", [])
}

test_what_is_added_to_an_own_program_is_judged if {
	{f.code | some f in control.findings} == {"no_version"} with input as started("own", [make.fetched({"pin": "none"})])
}

test_a_server_at_an_address_is_not_looked_at if {
	control.resources == set() with input as started("remote", [])
	control.undetermined == set() with input as started("remote", [])
}

test_a_server_that_is_switched_off_is_not_looked_at if {
	control.resources == set() with input as server({"enabled": false, "packages": [make.fetched({"pin": "none"})]})
	control.findings == set() with input as server({"enabled": false, "packages": [make.fetched({"pin": "none"})]})
}

test_what_is_started_elsewhere_is_undetermined if {
	every broken in ["unknown", null, 1, ["own"]] {
		control.undetermined == {{
			"resource": "scores",
			"path": ["mcpServers", "scores"],
			"reason": "the file does not tell what npx runs, and at which version",
		}} with input as started(broken, [])
	}
	every launcher in ["package", "image"] {
		count(control.undetermined) == 1 with input as started(launcher, [])
		control.undetermined == set() with input as started(launcher, [make.fetched({})])
	}
}

test_a_version_that_is_filled_in_later_is_undetermined if {
	every broken in ["unknown", null, 1, ["exact"]] {
		control.findings == set() with input as of({"pin": broken})
		control.undetermined == {{
			"resource": "scores",
			"path": ["mcpServers", "scores", "args", 1],
			"reason": "the version of @example/scores is filled in later",
		}} with input as of({"pin": broken})
	}
}

test_what_has_no_name_is_told_as_such if {
	{f.message | some f in control.findings} == {"a package is fetched with 1.4.2: whatever is newest runs"} with input as of({"pin": "none", "name": null})
	{e.reason | some e in control.undetermined} == {"the version of a package is filled in later"} with input as of({"pin": "unknown", "name": ""})
	{e.reason | some e in control.undetermined} == {"the file does not tell what the command runs, and at which version"} with input as server({"started": "unknown", "command": ""})
}

test_what_is_started_in_no_known_way_is_undetermined_with_a_package_too if {
	count(control.undetermined) == 1 with input as started("unknown", [make.fetched({})])
}

test_packages_and_servers_that_cannot_be_read_are_undetermined if {
	control.undetermined == {{
		"resource": "scores",
		"path": ["mcpServers", "scores"],
		"reason": "what stands there of packages could not be read",
	}} with input as started("own", "x")
	count(control.undetermined) == 1 with input as make.configuration({"servers": ["x"]}, parameters(["exact"]))
}

of(changes) := wanting(changes, ["exact", "digest", "commit"])

wanting(changes, accepted) := make.of_server({"packages": [make.fetched(changes)]}, parameters(accepted))

started(how, packages) := server({"started": how, "packages": packages})

server(changes) := make.of_server(changes, parameters(["exact", "digest", "commit"]))

parameters(accepted) := {"agents": {"server_versions": {"accepted": accepted}}}
