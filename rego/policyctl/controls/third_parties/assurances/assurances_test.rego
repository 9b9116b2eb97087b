package policyctl.controls.third_parties.assurances_test

import data.policyctl.controls.third_parties.assurances as control
import data.policyctl.testing.record as make

whole := {
	"standard": "ISO/IEC 42001",
	"issuer": "Example Certification",
	"scope": "Hosted models",
	"first_day": "2025-09-15",
	"last_day": "2028-09-14",
	"evidence": [make.evidence("Certificate")],
}

test_a_certificate_in_force_passes if {
	control.resources == {"r-1"} with input as assured([whole])
	control.findings == set() with input as assured([whole])
	control.undetermined == set() with input as assured([whole])
}

test_none_at_all_is_a_finding if {
	every value in [null, [], {}, "ISO/IEC 42001", {"0": whole}] {
		control.findings == {{
			"code": "no_assurance",
			"resource": "r-1",
			"message": "no certificate and no auditor's report about Example Models is recorded",
			"path": ["assurances"],
		}} with input as assured(value)
	}
	codes == {"no_assurance"} with input as make.of_kind("supplier", {"supplies": supplies}, parameters)
}

test_what_it_is_about_and_whose_word_it_is_must_be_said if {
	control.findings == {{
		"code": "no_issuer",
		"resource": "r-1",
		"message": "of ISO/IEC 42001 it is not recorded: who issued it",
		"path": ["assurances", 1, "issuer"],
	}} with input as assured([whole, object.remove(whole, ["issuer"])])
	messages == {"of ISO/IEC 42001 it is not recorded: what it covers"} with input as changed({"scope": "TBD"})
	messages == {"of a certificate or report it is not recorded: the standard"} with input as changed({"standard": "TBD"})
	codes == {"no_standard"} with input as changed({"standard": null})
	paths == {["assurances", 0, "scope"]} with input as changed({"scope": 7})
	codes == {"no_standard", "no_issuer", "no_scope", "no_evidence"} with input as assured([null])
}

test_the_supplier_does_not_certify_itself if {
	control.findings == {{
		"code": "self_issued",
		"resource": "r-1",
		"message": "ISO/IEC 42001 was issued by the supplier itself, example models",
		"path": ["assurances", 0, "issuer"],
	}} with input as changed({"issuer": "example models"})
	codes == {"no_issuer"} with input as make.of_kind("supplier", {"name": "TBD", "supplies": supplies, "assurances": [object.union(whole, {"issuer": "TBD"})]}, parameters)
}

test_both_days_are_inclusive if {
	codes == set() with input as changed({"first_day": "2026-11-21"})
	control.findings == {{
		"code": "not_begun",
		"resource": "r-1",
		"message": "ISO/IEC 42001 counts only from 2026-11-22",
		"path": ["assurances", 0, "first_day"],
	}} with input as changed({"first_day": "2026-11-22"})
	control.findings == {{
		"code": "expired",
		"resource": "r-1",
		"message": "ISO/IEC 42001 ended on 2026-11-20",
		"path": ["assurances", 0, "last_day"],
	}} with input as changed({"last_day": "2026-11-20"})
	control.findings == {{
		"code": "reversed",
		"resource": "r-1",
		"message": "ISO/IEC 42001 ends before it begins, on 2025-09-14",
		"path": ["assurances", 0, "last_day"],
	}} with input as changed({"last_day": "2025-09-14"})
}

test_what_ends_within_the_days_of_warning_is_told if {
	codes == set() with input as changed({"last_day": "2027-01-20"})
	control.findings == {{
		"code": "expires_soon",
		"resource": "r-1",
		"message": "ISO/IEC 42001 ends on 2027-01-19, in less than 60 days",
		"path": ["assurances", 0, "last_day"],
	}} with input as changed({"last_day": "2027-01-19"})
	codes == {"expires_soon"} with input as changed({"last_day": "2026-11-21"})
}

test_a_day_that_is_none_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["assurances", 0, "last_day"],
		"reason": "it is not recorded from which day to which ISO/IEC 42001 counts",
	}} with input as assured([object.remove(whole, ["last_day"])])
	every key in ["first_day", "last_day"] {
		every value in [null, "soon", 7, "2026-02-30"] {
			unclear == {["assurances", 0, key]} with input as changed({key: value})
			codes == set() with input as changed({key: value})
		}
	}
}

test_without_the_suppliers_name_the_issuer_cannot_be_told if {
	every value in [null, "TBD", 7, ["Example Certification"]] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["name"],
			"reason": "the supplier's name is not recorded, with which the issuers are compared",
		}} with input as make.of_kind("supplier", {"name": value, "supplies": supplies, "assurances": [whole]}, parameters)
	}
	control.undetermined == set() with input as make.of_kind("supplier", {"supplies": supplies}, parameters)
	count(control.undetermined) == 1 with input as make.of_kind("supplier", {"supplies": supplies, "assurances": [whole]}, parameters)
}

test_the_document_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: ISO/IEC 42001",
		"path": ["assurances", 0, "evidence"],
	}} with input as changed({"evidence": null})
	messages == {"the document is not the one that was recorded: ISO/IEC 42001"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: ISO/IEC 42001"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
}

test_open_components_need_none_and_what_is_listed_is_looked_at if {
	open := {"name": "Torch", "supplies": [{"what": "component", "name": "torch", "open_source": true, "general_purpose": false, "licence": "BSD-3-Clause"}]}
	control.resources == set() with input as make.of_kind("supplier", open, parameters)
	control.findings == set() with input as make.of_kind("supplier", open, parameters)
	codes == {"expired"} with input as make.of_kind("supplier", object.union(open, {"assurances": [object.union(whole, {"last_day": "2026-01-01"})]}), parameters)
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

paths := {finding.path | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

changed(changes) := assured([object.union(object.remove(whole, object.keys(changes)), changes)])

supplies := [{"what": "model", "name": "Explainer", "general_purpose": true}]

parameters := {"third_parties": {"assurances": {"warning_days": 60}}}

assured(assurances) := make.of_kind("supplier", {"name": "Example Models", "supplies": supplies, "assurances": assurances}, parameters)
