# METADATA
# scope: package
# description: |
#   A small table of questions with every group that the rules name, and documents that answer it, for tests of the classification. Not
#   part of the bundle.
package policyctl.testing.classification

# METADATA
# description: A catalog with the table. "practices.a" has two conditions and an exception; uses have hints.
catalog := {"classification": {
	"sections": [
	{"name": section, "title": section, "groups": [path | some path, _ in _groups; startswith(path, sprintf("%s.", [section]))]} |
		some section in ["scope", "roles", "practices", "safety", "annex_i", "annex_iii", "derogation", "transparency", "gpai"]
	],
	"groups": _groups,
	"clauses": _clauses,
}}

# METADATA
# description: |
#   A document of a system that is of no class, whose organisation is its deployer; `changes` replaces answers by name, null takes one
#   away, and `facts` adds to the facts.
described(changes, facts) := {
	"kind": "system",
	"subject": {"id": "x", "path": "system.yaml"},
	"as_of": "2026-11-21",
	"facts": object.union(
		{
			"id": "x", "stated": [], "roles": [], "classes": [], "purpose": "Sorts photographs.",
			"answers": {name: answer |
				some name, answer in object.union(object.remove(ordinary, object.keys(changes)), changes)
				answer != null
			},
		},
		facts,
	),
}

# METADATA
# description: The answers of that system, each no with the evidence of its section.
ordinary := object.union(
	{section: {"evidence": "Minutes 4"} | some section in ["scope", "roles", "practices", "safety", "annex_i", "annex_iii", "derogation", "transparency", "gpai"]},
	{path: {"answer": answer} | some path, _ in _groups; answer := object.get(_yes, path, "no")},
)

_yes := {"scope.ai_system": "yes", "scope.union": "yes", "roles.deployer": "yes"}

_groups := object.union(
	{path: _single(path, entry.clause, entry.lowers, entry.hints) |
		some path, clause in _singles
		entry := {"clause": clause, "lowers": path in _lowering, "hints": object.get(_hints, path, [])}
	},
	{
		"practices.a": {
			"section": "practices", "title": "Manipulation", "clause": "Art. 5(1)(a)", "lowers": false, "single": false,
			"questions": {
				"practices.a.technique": {"text": "It manipulates.", "clause": "Art. 5(1)(a)", "hints": [], "order": 0},
				"practices.a.harm": {"text": "It harms.", "clause": "Art. 5(1)(a)", "hints": [], "order": 1},
				"practices.a.excepted": {"text": "It is excepted.", "clause": "Art. 5(2)", "hints": [], "order": 2},
			},
			"cases": [{"all": [
				{"question": "practices.a.technique", "holds": true},
				{"question": "practices.a.harm", "holds": true},
				{"question": "practices.a.excepted", "holds": false},
			]}],
		},
		"annex_iii.employment": {
			"section": "annex_iii", "title": "Employment", "clause": "Annex III(4)", "lowers": false, "single": false,
			"questions": {
				"annex_iii.employment.a": {"text": "It recruits.", "clause": "Annex III(4)(a)", "hints": ["recruit"], "order": 0},
				"annex_iii.employment.b": {"text": "It promotes.", "clause": "Annex III(4)(b)", "hints": ["promot"], "order": 1},
			},
			"cases": [
				{"all": [{"question": "annex_iii.employment.a", "holds": true}]},
				{"all": [{"question": "annex_iii.employment.b", "holds": true}]},
			],
		},
	},
)

_single(path, clause, lowers, hints) := {
	"section": split(path, ".")[0], "title": path, "clause": clause, "lowers": lowers, "single": true,
	"questions": {path: {"text": path, "clause": clause, "hints": hints, "order": 0}},
	"cases": [{"all": [{"question": path, "holds": true}]}],
}

_singles := {
	"scope.ai_system": "Art. 3(1)",
	"scope.union": "Art. 2(1)",
	"scope.military": "Art. 2(3)",
	"scope.third_country_authority": "Art. 2(4)",
	"scope.research": "Art. 2(6)",
	"scope.before_market": "Art. 2(8)",
	"scope.open_source": "Art. 2(12)",
	"roles.provider": "Art. 3(3)",
	"roles.deployer": "Art. 3(4)",
	"roles.importer": "Art. 3(6)",
	"roles.distributor": "Art. 3(7)",
	"roles.authorised_representative": "Art. 3(5)",
	"roles.manufacturer": "Art. 25(3)",
	"roles.rename": "Art. 25(1)(a)",
	"roles.modification": "Art. 25(1)(b)",
	"roles.new_purpose": "Art. 25(1)(c)",
	"safety.component": "Art. 3(14)",
	"annex_i.product": "Art. 6(1)(a)",
	"annex_i.section_a": "Art. 6(1)(a)",
	"annex_i.section_b": "Art. 6(1)(a)",
	"annex_i.assessment": "Art. 6(1)(b)",
	"annex_iii.critical_infrastructure": "Annex III(2)",
	"derogation.assessed": "Art. 6(3)",
	"transparency.interaction": "Art. 50(1)",
	"transparency.synthetic_content": "Art. 50(2)",
	"transparency.biometrics": "Art. 50(3)",
	"transparency.deep_fake": "Art. 50(4)",
	"transparency.public_text": "Art. 50(4)",
	"gpai.model": "Art. 3(63)",
	"gpai.systemic_risk": "Art. 51(1)",
	"gpai.open_source": "Art. 53(2)",
}

_lowering := {
	"scope.military", "scope.third_country_authority", "scope.research", "scope.before_market", "scope.open_source",
	"derogation.assessed", "gpai.open_source",
}

_hints := {"annex_iii.critical_infrastructure": ["electricity"]}

_clauses := object.union(
	{clause: {"dates": _dates} |
		some clause in ["Art. 5(1)(a)", "Art. 6(1)", "Art. 6(2)", "Art. 6(3)", "Art. 50(1)", "Art. 50(3)", "Art. 50(4)", "Art. 53(1)", "Art. 55(1)"]
	},
	{"Art. 50(2)": {"dates": {"any": {"current": "2026-08-02"}}, "legacy": {"before": "2026-08-02", "current": "2026-12-02"}}},
)

_dates := {"any": {"current": "2025-02-02"}, "annex_i": {"current": "2028-08-02"}, "annex_iii": {"current": "2027-12-02"}}
