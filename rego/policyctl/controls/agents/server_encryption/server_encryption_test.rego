package policyctl.controls.agents.server_encryption_test

import data.policyctl.controls.agents.server_encryption as control
import data.policyctl.testing.agent as make

test_an_encrypted_way_passes if {
	every scheme in ["https", "wss"] {
		control.resources == {"tickets"} with input as at({"scheme": scheme})
		control.findings == set() with input as at({"scheme": scheme})
		control.undetermined == set() with input as at({"scheme": scheme})
	}
}

test_an_open_way_fails if {
	every scheme in ["http", "ws"] {
		control.findings == {{
			"code": "not_encrypted",
			"resource": "tickets",
			"message": sprintf("what is exchanged with tickets.example.org is not encrypted (%s)", [scheme]),
			"path": ["mcpServers", "tickets", "url"],
		}} with input as at({"scheme": scheme})
		control.undetermined == set() with input as at({"scheme": scheme})
	}
}

test_the_way_to_the_same_machine_may_be_open if {
	control.findings == set() with input as at({"scheme": "http", "host": "127.0.0.1", "loopback": true})
	control.findings == set() with input as at({"scheme": "http", "host": "host.docker.internal"})
	control.undetermined == set() with input as at({"scheme": "http", "host": "host.docker.internal"})
	every broken in [false, null, "true", 1] {
		count(control.findings) == 1 with input as at({"scheme": "http", "loopback": broken})
	}
}

test_an_address_that_is_filled_in_later_is_undetermined if {
	every broken in ["unknown", null, 1, ["https"]] {
		control.findings == set() with input as at({"scheme": broken})
		control.undetermined == {{
			"resource": "tickets",
			"path": ["mcpServers", "tickets", "url"],
			"reason": "the address is filled in later, so that nobody can tell whether the way there is encrypted",
		}} with input as at({"scheme": broken})
	}
	every broken in ["", null, 1] {
		control.findings == set() with input as at({"scheme": "http", "host": broken})
		count(control.undetermined) == 1 with input as at({"scheme": "http", "host": broken})
		control.undetermined == set() with input as at({"scheme": "https", "host": broken})
	}
}

test_a_server_without_an_address_is_undetermined_unless_it_is_started_here if {
	control.undetermined == {{
		"resource": "tickets",
		"path": ["mcpServers", "tickets"],
		"reason": "the file does not tell at which address the server is reached",
	}} with input as server({"addresses": []})
	every transport in ["stdio", null] {
		expected := {"stdio": set()}
		control.resources == object.get(expected, transport, {"tickets"}) with input as server({"addresses": [], "transport": transport})
	}
	control.undetermined == set() with input as server({"addresses": [], "transport": "stdio"})
	control.resources == {"tickets"} with input as make.of_server(
		{"id": "tickets", "addresses": [address({"scheme": "http"})]},
		parameters,
	)
}

test_a_server_that_is_switched_off_is_not_looked_at if {
	control.resources == set() with input as server({"enabled": false})
	control.findings == set() with input as server({"enabled": false, "addresses": [address({"scheme": "http"})]})
}

test_addresses_and_servers_that_cannot_be_read_are_undetermined if {
	every broken in ["x", null, [1]] {
		some entry in control.undetermined with input as server({"addresses": broken})
		entry.reason == "what stands there of addresses could not be read"
	}
	count(control.undetermined) == 1 with input as make.configuration({"servers": ["x"]}, parameters)
}

at(changes) := server({"addresses": [address(changes)]})

address(changes) := object.union(
	{"path": ["mcpServers", "tickets", "url"], "scheme": "https", "host": "tickets.example.org", "loopback": false},
	changes,
)

server(changes) := make.of_server(
	object.union(
		{
			"id": "tickets",
			"path": ["mcpServers", "tickets"],
			"started": "remote",
			"transport": "http",
			"packages": [],
			"addresses": [address({})],
		},
		changes,
	),
	parameters,
)

parameters := {"agents": {"server_encryption": {"exempt_hosts": ["host.docker.internal"]}}}
