package policyctl.lib.supplier_test

import data.policyctl.lib.supplier
import data.policyctl.testing.record as make

component := {"what": "component", "name": "torch", "open_source": true, "general_purpose": false, "licence": "BSD-3-Clause"}

test_open_components_are_exempt if {
	every what in ["model", "dataset", "tool", "component", "service", "process"] {
		supplier.is_exempt with input as supplying([object.union(component, {"what": what})])
	}
}

test_everything_must_be_so if {
	supplier.is_exempt with input as supplying([component, component])
	supplier.is_exempt == false with input as supplying([component, {"what": "service", "name": "Hosting"}])
}

test_nothing_less_is_exempt if {
	every broken in [
		{"open_source": false},
		{"open_source": "true"},
		{"general_purpose": true},
		{"general_purpose": null},
		{"licence": "TBD"},
		{"what": "ai_system"},
		{"what": null},
	] {
		supplier.is_exempt == false with input as supplying([object.union(component, broken)])
	}
	every key in ["open_source", "general_purpose", "licence", "what"] {
		supplier.is_exempt == false with input as supplying([object.remove(component, [key])])
	}
	every other in [[], null, {"0": component}, "torch", [null]] {
		supplier.is_exempt == false with input as supplying(other)
	}
	supplier.is_exempt == false with input as make.of_kind("supplier", {}, {})
}

test_the_name_is_told_or_the_id if {
	supplier.name == "Example Models" with input as make.of_kind("supplier", {"name": "Example Models"}, {})
	supplier.name == "r-1" with input as make.of_kind("supplier", {"name": "TBD"}, {})
	supplier.name == "r-1" with input as make.of_kind("supplier", {}, {})
}

supplying(supplies) := make.of_kind("supplier", {"supplies": supplies}, {})
