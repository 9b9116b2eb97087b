# METADATA
# description: |
#   Who may ask this OPA what. The two decision rules, the classification of systems, and whether it is there, nothing else; with a token where it listens on a port.
package system.authz

default allow := false

allow if {
	_known
	input.method == "POST"
	input.path in [
		["v1", "data", "policyctl", "main", "decision"],
		["v1", "data", "policyctl", "main", "decisions"],
		["v1", "data", "policyctl", "classification", "classifications"],
	]
}

allow if {
	_known
	input.method == "GET"
	input.path == ["health"]
}

_known if data.system.policyctl.token == ""

_known if input.identity == data.system.policyctl.token
