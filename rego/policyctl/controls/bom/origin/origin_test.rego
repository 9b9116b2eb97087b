package policyctl.controls.bom.origin_test

import data.policyctl.controls.bom.origin as control
import data.policyctl.testing.bom as make

test_a_bom_that_says_where_it_comes_from_passes if {
	control.resources == {"bom.json"} with input as of({})
	control.findings == set() with input as of({})
	control.findings == set() with input as of({"tools": [], "creators": ["Kim"]})
}

test_a_bom_without_an_identifier_fails if {
	control.findings == {{
		"code": "no_serial",
		"resource": "bom.json",
		"message": "the BOM has no identifier of its own",
		"path": ["serialNumber"],
	}} with input as of({"serial": ""})
	every broken in [null, " ", 1, ["urn:uuid:1"]] {
		codes == {"no_serial"} with input as of({"serial": broken})
	}
}

test_a_bom_without_a_time_fails if {
	every broken in [null, "", 20261121, {}] {
		codes == {"no_timestamp"} with input as of({"created": broken})
	}
}

test_a_bom_made_by_nobody_fails if {
	every broken in [[], [""], [1], null, "cdxgen", {}] {
		codes == {"no_creator"} with input as of({"tools": broken})
	}
}

test_a_bom_that_says_nothing_of_itself_fails_for_each if {
	codes == {"no_serial", "no_timestamp", "no_creator"} with input as make.bom({}, {})
	codes == {"no_serial", "no_timestamp", "no_creator"} with input as {"facts": {"id": "bom.json"}}
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_timestamp",
		"resource": "bom.json",
		"message": "nothing says when the BOM was made",
		"path": ["metadata", "timestamp"],
	}} with input as of({"created": {}})
	control.findings == {{
		"code": "no_creator",
		"resource": "bom.json",
		"message": "nothing says who or what made the BOM",
		"path": ["metadata"],
	}} with input as of({"tools": []})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.bom(
	object.union(
		{
			"serial": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
			"created": "2026-11-20T08:00:00Z",
			"tools": ["cdxgen"],
		},
		changes,
	),
	{},
)
