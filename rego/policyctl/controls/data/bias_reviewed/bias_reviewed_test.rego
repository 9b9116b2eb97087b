package policyctl.controls.data.bias_reviewed_test

import data.policyctl.controls.data.bias_reviewed as control
import data.policyctl.testing.model as make

test_an_accepted_review_of_the_training_data_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([review({})])
	control.findings == set() with input as of([review({})])
	control.undetermined == set() with input as of([review({})])
}

test_training_data_that_nobody_has_reviewed_for_this_fail if {
	every reviews in [null, [], [review({"about": "personal_data"})]] {
		control.findings == {{
			"code": "no_review",
			"resource": "mlflow:wine/1",
			"message": "nobody has reviewed wine for bias as of 2026-11-21",
			"path": ["release", "reviews"],
		}} with input as of(reviews)
	}
}

test_a_review_holds_as_long_as_the_profile_says if {
	control.findings == set() with input as of([review({"day": "2026-10-22"})])
	control.findings == {{
		"code": "expired",
		"resource": "mlflow:wine/1",
		"message": "the review of wine for bias, of 2026-10-21, is more than 30 days old",
		"path": ["release", "reviews", 0, "day"],
	}} with input as of([review({"day": "2026-10-21"})])
}

test_a_review_that_cannot_be_read_cannot_be_told if {
	control.undetermined == {{
		"resource": "mlflow:wine/1",
		"reason": "it is not recorded whether the data were accepted",
		"path": ["release", "reviews", 0, "result"],
	}} with input as of([review({"result": "good"})])
}

review(changes) := object.union(
	{
		"dataset": "wine", "about": "bias", "result": "accepted", "by": "Ines Moreau", "day": "2026-11-10",
		"digest": "d41d8cd98f00b204e9800998ecf8427e",
		"evidence": [{"title": "Report", "sha256": make.digest, "state": "same"}],
	},
	changes,
)

of(reviews) := make.version(
	{
		"datasets": [{"name": "wine", "digest": "d41d8cd98f00b204e9800998ecf8427e", "context": "training"}],
		"release": {"reviews": reviews},
	},
	{"data": {"bias_reviewed": {"maximum_days": 30}}},
	{},
)
