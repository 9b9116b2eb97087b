package policyctl.controls.evaluation.not_worse_test

import data.policyctl.controls.evaluation.not_worse as control
import data.policyctl.testing.model as make

test_a_version_that_does_as_well_passes if {
	every value in [0.9, 0.89, 0.95, 90] {
		control.resources == {"mlflow:wine/2"} with input as of([result(value)], [result(0.9)])
		control.findings == set() with input as of([result(value)], [result(0.9)])
		control.undetermined == set() with input as of([result(value)], [result(0.9)])
	}
}

test_one_that_does_worse_fails if {
	control.findings == {{
		"code": "worse",
		"resource": "mlflow:wine/2",
		"message": "accuracy_score is 0.85, and accuracy was 0.9 for mlflow:wine/1 on the same data",
		"path": ["evaluations", 1],
	}} with input as of([other, renamed(result(0.85))], [result(0.9)])
	codes == {"worse"} with input as of([result(0.889)], [result(0.9)])
	codes == {"worse"} with input as of([result(85)], [result(0.9)])
}

test_of_errors_more_is_worse if {
	codes == {"worse"} with input as of([error("wer", 0.2)], [error("wer", 0.1)])
	codes == set() with input as of([error("wer", 0.1)], [error("wer", 0.2)])
	codes == {"worse"} with input as of([error("perplexity", 120.5)], [error("perplexity", 1.5)])
	codes == set() with input as of([error("perplexity", 1.5)], [error("perplexity", 120.5)])
}

test_the_tolerance_is_the_profiles if {
	codes == set() with input as allowing(0.1, [result(0.85)], [result(0.9)])
	codes == set() with input as allowing(0.25, [result(0.5)], [result(0.75)])
	codes == {"worse"} with input as allowing(0.125, [result(0.5)], [result(0.75)])
	codes == {"worse"} with input as allowing(0.01, [result(0.85)], [result(0.9)])
}

test_what_is_not_measured_again_is_undetermined if {
	every after in [
		object.union(result(0.5), {"dataset_digest": "other"}),
		object.remove(result(0.5), {"dataset_digest"}),
		object.union(result(0.5), {"slice": "sex=female"}),
		object.union(result(0.5), {"aspect": "robustness"}),
		object.union(result(0.5), {"bound": "name"}),
		object.union(result(0.5), {"metric": "f1"}),
		object.union(result(0.5), {"metric": "our_own"}),
		object.union(result(0.5), {"metric": ""}),
		null,
	] {
		control.undetermined == {lost("accuracy")} with input as of([error("wer", 0.1), after], [result(0.9)])
		control.findings == set() with input as of([after], [result(0.9)])
	}
	control.undetermined == {lost("accuracy")} with input as of([], [result(0.9)])
	french := object.union(result(0.9), {"slice": "language=fr"})
	control.undetermined == {lost("accuracy for language=fr")} with input as of([result(0.9)], [french])
}

test_what_cannot_be_read_of_the_version_in_use_is_undetermined if {
	every broken in [null, "", 7, [], {}, {"metric": "", "bound": "registry"}, object.remove(result(0.9), {"metric"})] {
		control.undetermined == {lost("a result without a metric")} with input as of([result(0.9)], [broken])
	}
	every broken in [object.remove(result(0.9), {"bound"}), object.union(result(0.9), {"bound": 7})] {
		control.undetermined == {lost("accuracy")} with input as of([result(0.5)], [broken])
	}
	every digest in [null, 7, ["a"]] {
		without := object.union(result(0.9), {"dataset_digest": digest})
		control.undetermined == {lost("accuracy")} with input as of([without], [without])
	}
	nameless := object.union(result(0.9), {"metric": ""})
	control.undetermined == {lost("a result without a metric")} with input as of([nameless], [nameless])
}

test_where_nothing_of_the_version_in_use_counts_it_is_undetermined if {
	nothing := {{
		"resource": "mlflow:wine/2",
		"reason": "no result of the version that is replaced can be compared",
		"path": ["predecessor"],
	}}
	every before in [[], null, {}, [object.union(result(0.9), {"bound": "nothing"})], [object.union(result(0.9), {"bound": "name"})], [object.union(result(0.9), {"metric": "our_own"})]] {
		control.undetermined == nothing with input as of([result(0.5)], before)
		control.findings == set() with input as of([result(0.5)], before)
	}
	control.undetermined == nothing with input as make.version(object.union(version, {"release": replacing}), parameters(0.01), {})
}

test_a_value_that_cannot_be_told_is_undetermined if {
	untold := {{
		"resource": "mlflow:wine/2",
		"reason": "whether accuracy is better or worse cannot be told",
		"path": ["evaluations", 0],
	}}
	every broken in [1.5, -1, "0.9", null, true] {
		control.undetermined == untold with input as of([result(broken)], [result(0.9)])
		control.findings == set() with input as of([result(broken)], [result(0.9)])
		control.undetermined == untold with input as of([result(0.9)], [result(broken)])
		control.findings == set() with input as of([result(0.9)], [result(broken)])
	}
	control.findings == set() with input as of([error("wer", null)], [error("wer", 0.1)])
	control.findings == set() with input as of([error("wer", 0.1)], [error("wer", null)])
	control.undetermined == {object.union(entry, {"reason": "whether perplexity is better or worse cannot be told"}) | some entry in untold} with input as of([error("perplexity", "7")], [error("perplexity", 7)])
}

test_a_version_that_replaces_itself_fails if {
	control.findings == {{
		"code": "itself",
		"resource": "mlflow:wine/2",
		"message": "the version is said to replace itself",
		"path": ["release", "replaces"],
	}} with input as make.version(
		object.union(version, {
			"release": replacing,
			"evaluations": [result(0.9)],
			"predecessor": {"id": "mlflow:wine/2", "evaluations": [result(0.9)]},
		}),
		parameters(0.01),
		{},
	)
}

test_the_version_in_use_is_known_without_the_word_of_the_record if {
	unsaid := object.remove(of([result(0.5)], [result(0.9)]).facts, {"release"})
	control.resources == {"mlflow:wine/2"} with input as make.version(unsaid, parameters(0.01), {})
	codes == {"worse"} with input as make.version(unsaid, parameters(0.01), {})
}

test_a_version_that_replaces_none_is_not_looked_at if {
	every release in [{}, {"rollback": "mlflow:wine/1"}] {
		first := make.version(object.union(version, {"release": release, "evaluations": [result(0.1)]}), parameters(0.01), {})
		control.resources == set() with input as first
		control.findings == set() with input as first
		control.undetermined == set() with input as first
	}
}

lost(named) := {
	"resource": "mlflow:wine/2",
	"reason": sprintf("no result of this version can be held against %s of the version that it replaces", [named]),
	"path": ["predecessor", "evaluations", 0],
}

codes := {finding.code | some finding in control.findings}

result(value) := {
	"metric": "accuracy",
	"value": value,
	"tool": "mlflow",
	"bound": "registry",
	"aspect": "performance",
	"dataset_digest": "8d6c0706e08665689c4170f4cf764a08",
}

renamed(one) := object.union(one, {"metric": "accuracy_score"})

error(metric, value) := object.union(result(value), {"metric": metric})

other := object.union(result(0.1), {"dataset_digest": "5c1f"})

version := {"id": "mlflow:wine/2"}

replacing := {"replaces": "mlflow:wine/1"}

parameters(tolerance) := {"evaluation": {"not_worse": {"tolerance": tolerance}}}

of(after, before) := allowing(0.0100001, after, before)

allowing(tolerance, after, before) := make.version(
	object.union(version, {
		"release": replacing,
		"evaluations": after,
		"predecessor": {"id": "mlflow:wine/1", "evaluations": before},
	}),
	parameters(tolerance),
	{},
)
