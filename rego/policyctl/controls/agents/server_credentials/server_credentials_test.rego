package policyctl.controls.agents.server_credentials_test

import data.policyctl.controls.agents.server_credentials as control
import data.policyctl.testing.agent as make

test_references_and_other_values_pass if {
	every holds in ["reference", "other"] {
		control.resources == {"scores"} with input as of({"holds": holds})
		control.findings == set() with input as of({"holds": holds})
		control.undetermined == set() with input as of({"holds": holds})
	}
}

test_a_credential_fails if {
	control.findings == {{
		"code": "credential",
		"resource": "scores",
		"message": "the credential in the variable API_KEY stands in the file",
		"path": ["mcpServers", "scores", "env", "API_KEY"],
	}} with input as of({})
	control.undetermined == set() with input as of({})
}

test_each_place_has_its_word if {
	words := {"header": "header", "argument": "argument after", "url": "address", "input": "default of the input", "setting": "setting"}
	every place, word in words {
		{f.message | some f in control.findings} == {sprintf("the credential in the %s API_KEY stands in the file", [word])} with input as of({"place": place})
	}
	every broken in ["x", null, 1] {
		{f.message | some f in control.findings} == {"a credential stands in the file"} with input as of({"place": broken})
	}
	{f.message | some f in control.findings} == {"a credential stands in the file"} with input as of({"name": ""})
}

test_a_server_that_is_switched_off_is_looked_at if {
	control.resources == {"scores"} with input as make.of_server({"enabled": false, "values": [value({})]}, {})
	count(control.findings) == 1 with input as make.of_server({"enabled": false, "values": [value({})]}, {})
}

test_the_file_itself_is_looked_at_where_it_hands_something_over if {
	control.resources == {".mcp.json"} with input as make.configuration({"values": [value({"holds": "other"})]}, {})
	{f.resource | some f in control.findings} == {".mcp.json"} with input as make.configuration({"values": [value({})]}, {})
	control.resources == set() with input as make.configuration({}, {})
	control.undetermined == set() with input as make.configuration({}, {})
}

test_what_cannot_be_read_is_undetermined if {
	every broken in ["x", null, 1, ["credential"]] {
		control.findings == set() with input as of({"holds": broken})
		control.undetermined == {{
			"resource": "scores",
			"path": ["mcpServers", "scores", "env", "API_KEY"],
			"reason": "what stands there could not be read",
		}} with input as of({"holds": broken})
	}
	control.undetermined == {{
		"resource": "scores",
		"path": ["mcpServers", "scores"],
		"reason": "what stands there of values could not be read",
	}} with input as make.of_server({"values": "x"}, {})
	control.undetermined == {{
		"resource": ".mcp.json",
		"path": [],
		"reason": "what stands there of values could not be read",
	}} with input as {"facts": {"id": ".mcp.json", "servers": []}}
	control.resources == {".mcp.json"} with input as {"facts": {"id": ".mcp.json", "servers": []}}
	count(control.undetermined) == 1 with input as make.configuration({"servers": ["x"]}, {})
}

of(changes) := make.of_server({"values": [value(changes)]}, {})

value(changes) := object.union(
	{"path": ["mcpServers", "scores", "env", "API_KEY"], "place": "env", "name": "API_KEY", "holds": "credential"},
	changes,
)
