package policyctl.controls.release.owner_named_test

import data.policyctl.controls.release.owner_named as control
import data.policyctl.testing.model as make

test_an_owner_who_can_be_reached_passes if {
	every contact in ["mira@example.com", "https://example.com/bottling", "+49 30 123456"] {
		control.resources == {"mlflow:wine/1"} with input as of({"name": "Bottling", "contact": contact})
		control.findings == set() with input as of({"name": "Bottling", "contact": contact})
	}
}

test_a_version_without_an_owner_fails if {
	expected := {{
		"code": "no_owner",
		"resource": "mlflow:wine/1",
		"message": "no release record says who answers for the version",
		"path": ["release", "owner", "name"],
	}}
	control.findings == expected with input as make.version({}, {}, {})
	control.findings == expected with input as make.version({"release": {}}, {}, {})
	every broken in [null, "Bottling", [], {}, {"contact": "mira@example.com"}, {"name": "TBD", "contact": "mira@example.com"}, {"name": 7}] {
		control.findings == expected with input as of(broken)
	}
}

test_an_owner_without_an_address_fails if {
	every broken in [{}, {"contact": null}, {"contact": ""}, {"contact": 7}] {
		control.findings == {{
			"code": "no_contact",
			"resource": "mlflow:wine/1",
			"message": "Bottling answers for the version, and it is not recorded how to reach them",
			"path": ["release", "owner", "contact"],
		}} with input as of(object.union({"name": "Bottling"}, broken))
	}
}

test_what_is_no_address_fails if {
	control.findings == {{
		"code": "no_contact",
		"resource": "mlflow:wine/1",
		"message": "Bottling answers for the version, and room-12 is no address of mail or of the web, and no telephone number",
		"path": ["release", "owner", "contact"],
	}} with input as of({"name": "Bottling", "contact": "room-12"})
}

of(owner) := make.version({"release": {"owner": owner}}, {}, {})
