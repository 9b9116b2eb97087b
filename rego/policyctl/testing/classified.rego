# METADATA
# scope: package
# description: |
#   Systems with answers, and a table with every prohibited practice, point of Annex III and condition of the derogation, for tests of
#   controls about them. Not part of the bundle.
package policyctl.testing.classified

import data.policyctl.testing.classification as small
import data.policyctl.testing.system as make

# METADATA
# description: The table, with one question for each group but for practice a, employment and the derogation.
catalog := {"classification": {
	"groups": _groups,
	"clauses": object.union(
		{clause: small.catalog.classification.clauses["Art. 5(1)(a)"] | some clause in _practices},
		small.catalog.classification.clauses,
	),
}}

# METADATA
# description: |
#   A document of a system of no class, of which everything is answered with evidence; `changes` replaces answers by name, null takes one
#   away, and `facts` adds to the facts.
answering(changes, facts) := object.union(
	make.described({}, {}, {}),
	{"facts": object.union(
		{
			"purpose": "Sorts photographs.", "roles": ["deployer"],
			"answers": {name: answer | some name, answer in object.union(object.remove(_answers, object.keys(changes)), changes); answer != null},
		},
		facts,
	)},
)

# METADATA
# description: A document of a system about which nobody has answered anything.
unanswered := object.union(make.described({}, {}, {}), {"facts": {"answers": {}}})

# METADATA
# description: Answers of yes with evidence, by name.
yes(names) := {name: {"answer": "yes", "evidence": "Minutes 5"} | some name in names}

# METADATA
# description: Answers of no, by name, with the evidence of their section only.
no(names) := {name: {"answer": "no"} | some name in names}

# METADATA
# description: Answers of no with evidence of their own, by name.
shown(names) := {name: {"answer": "no", "evidence": "Minutes 5"} | some name in names}

# METADATA
# description: Answers by which the system recruits people.
employing := object.union_n([{"annex_iii.employment": null}, yes(["annex_iii.employment.a"]), no(["annex_iii.employment.b"])])

# METADATA
# description: The same, and the derogation is relied on and holds.
derogated := object.union_n([
	employing,
	{"derogation.assessed": null, "derogation.assessed.profiling": {"answer": "no"}},
	yes(["derogation.assessed.relied_on", "derogation.assessed.documented", "derogation.assessed.a"]),
])

_answers := object.union(
	small.ordinary,
	no({path | some path, _ in _groups; not path in object.keys(small.ordinary)}),
)

_groups := object.union_n([
	object.remove(small.catalog.classification.groups, ["derogation.assessed"]),
	{path: _single("practices", path, clause) | some path, clause in _practices},
	{path: _single("annex_iii", path, clause) | some path, clause in _points},
	{"derogation.assessed": _derogation},
])

_single(section, path, clause) := {
	"section": section, "title": path, "clause": clause, "lowers": false, "single": true,
	"questions": {path: {"text": sprintf("It is so by %s.", [clause]), "clause": clause, "hints": [], "order": 0}},
	"cases": [{"all": [{"question": path, "holds": true}]}],
}

_practices := {sprintf("practices.%s", [letter]): sprintf("Art. 5(1)(%s)", [letter]) |
	some letter in ["b", "ba", "bb", "c", "d", "e", "f", "g", "h"]
}

_points := {
	"annex_iii.biometrics": "Annex III(1)",
	"annex_iii.education": "Annex III(3)",
	"annex_iii.essential_services": "Annex III(5)",
	"annex_iii.law_enforcement": "Annex III(6)",
	"annex_iii.migration": "Annex III(7)",
	"annex_iii.justice_and_democracy": "Annex III(8)",
}

_derogation := {
	"section": "derogation", "title": "The derogation", "clause": "Art. 6(3)", "lowers": true, "single": false,
	"questions": {sprintf("derogation.assessed.%s", [name]): {"text": sprintf("It is so: %s.", [name]), "clause": "Art. 6(3)", "hints": [], "order": order} |
		some order, name in ["relied_on", "documented", "profiling", "a"]
	},
	"cases": [{"all": [
		{"question": "derogation.assessed.relied_on", "holds": true},
		{"question": "derogation.assessed.documented", "holds": true},
		{"question": "derogation.assessed.profiling", "holds": false},
		{"question": "derogation.assessed.a", "holds": true},
	]}],
}
