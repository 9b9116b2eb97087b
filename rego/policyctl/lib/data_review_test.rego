package policyctl.lib.data_review_test

import data.policyctl.lib.data_review
import data.policyctl.testing.model as make

test_an_accepted_review_of_these_data_has_no_defect if {
	every result in ["accepted", "accepted_with_conditions"] {
		data_review.defects("bias", 30) == set() with input as of([review({"result": result})])
		data_review.untold("bias") == set() with input as of([review({"result": result})])
	}
}

test_data_that_nobody_has_reviewed_are_told if {
	expected := {{
		"code": "no_review",
		"message": "nobody has reviewed wine for bias as of 2026-11-21",
		"path": ["release", "reviews"],
	}}
	every broken in [
		null, [], {}, "yes", [null], [review({"about": "personal_data"})], [review({"dataset": "other"})],
		[review({"day": "2026-11-22"})], [review({"day": "2026-02-30"})],
	] {
		data_review.defects("bias", 30) == expected with input as of(broken)
	}
	data_review.defects("personal_data", 30) == {{
		"code": "no_review",
		"message": "nobody has reviewed wine for personal data as of 2026-11-21",
		"path": ["release", "reviews"],
	}} with input as of([review({})])
}

test_each_training_dataset_needs_its_own if {
	{defect.message | some defect in data_review.defects("bias", 30)} == {"nobody has reviewed batches for bias as of 2026-11-21"} with input as with_datasets(
		[trained("wine", md5), trained("batches", md5), {"name": "held-out", "digest": md5, "context": "testing"}],
		[review({})],
	)
}

test_a_rejection_is_told if {
	data_review.defects("bias", 30) == {defect("rejected", "result", "the review of wine for bias, of 2026-11-10, rejects the data")} with input as of([review({"result": "rejected"})])
}

test_the_last_review_counts if {
	data_review.defects("bias", 30) == set() with input as of([review({"day": "2026-11-09", "result": "rejected"}), review({})])
	codes == {"rejected"} with input as of([review({"day": "2026-11-11", "result": "rejected"}), review({})])
	codes == {"rejected"} with input as of([review({"result": "rejected"}), review({})])
	codes == set() with input as of([review({"day": "2026-11-22", "result": "rejected"}), review({})])
}

test_a_review_by_no_person_is_told if {
	data_review.defects("bias", 30) == {defect("no_person", "by", "the review of wine for bias, of 2026-11-10, names no person who made it: imoreau")} with input as of([review({"by": "imoreau"})])
	data_review.defects("bias", 30) == {defect("no_person", "by", "the review of wine for bias, of 2026-11-10, names no person who made it: nobody")} with input as of([review({"by": 7})])
}

test_a_review_of_a_name_is_told if {
	every broken in [null, "", 7] {
		data_review.defects("bias", 30) == {defect("not_bound", "digest", "the review of wine for bias, of 2026-11-10, does not say by a digest which data it is about")} with input as of([review({"digest": broken})])
	}
}

test_a_review_of_other_data_is_told if {
	data_review.defects("bias", 30) == {defect(
		"other_data", "digest",
		sprintf("the review of wine for bias, of 2026-11-10, is about the data %s, and the model was trained on %s", [other, md5]),
	)} with input as of([review({"digest": other})])
	codes == set() with input as with_datasets([trained("wine", substring(make.digest, 0, 32))], [review({"digest": make.digest})])
}

test_digests_that_cannot_be_compared_cannot_be_told if {
	every digest in ["0f3c0f3c", null, ""] {
		data_review.untold("bias") == {{
			"reason": "it cannot be told whether the data of wine are those that were reviewed",
			"path": ["datasets", 0, "digest"],
		}} with input as with_datasets([trained("wine", digest)], [review({})])
		data_review.defects("bias", 30) == set() with input as with_datasets([trained("wine", digest)], [review({})])
	}
}

test_a_review_holds_for_a_time if {
	codes == set() with input as of([review({"day": "2026-10-22"})])
	data_review.defects("bias", 30) == {{
		"code": "expired",
		"message": "the review of wine for bias, of 2026-10-21, is more than 30 days old",
		"path": ["release", "reviews", 0, "day"],
	}} with input as of([review({"day": "2026-10-21"})])
}

test_a_review_without_its_document_is_told if {
	data_review.defects("bias", 30) == {defect("no_evidence", "evidence", "the review of wine for bias, of 2026-11-10, names no document with its SHA-256 digest")} with input as of([review({"evidence": []})])
	data_review.defects("bias", 30) == {
		defect("evidence_changed", "evidence", "the review of wine for bias, of 2026-11-10, names a document that is not the one that was recorded"),
		defect("evidence_missing", "evidence", "the review of wine for bias, of 2026-11-10, names a document that is not where the record says"),
	} with input as of([review({"evidence": [{"state": "changed"}, {"state": "missing"}]})])
}

test_a_review_that_cannot_be_read_cannot_be_told if {
	every broken in [null, "", "soon", "2026-02-30", 7] {
		data_review.untold("bias") == {{
			"reason": "it is not recorded on which day the review was made",
			"path": ["release", "reviews", 1, "day"],
		}} with input as of([review({}), review({"day": broken})])
	}
	every broken in [null, "", "good", 7] {
		data_review.untold("bias") == {{
			"reason": "it is not recorded whether the data were accepted",
			"path": ["release", "reviews", 0, "result"],
		}} with input as of([review({"result": broken})])
	}
	data_review.untold("personal_data") == set() with input as of([review({"day": ""})])
}

test_training_data_that_are_not_recorded_cannot_be_told if {
	expected := {{"reason": "it is not recorded on which data the model was trained", "path": ["datasets"]}}
	data_review.untold("bias") == expected with input as make.version({}, {}, {})
	every broken in [null, [], {}, [{"name": "wine"}]] {
		data_review.untold("bias") == expected with input as with_datasets(broken, [review({})])
		data_review.defects("bias", 30) == set() with input as with_datasets(broken, [review({})])
	}
	every broken in [null, "", 7] {
		data_review.untold("bias") == {{
			"reason": "the name of the data on which the model was trained is not recorded",
			"path": ["datasets", 1, "name"],
		}} with input as with_datasets([trained("wine", md5), trained(broken, md5)], [review({})])
	}
}

codes := {defect.code | some defect in data_review.defects("bias", 30)}

defect(code, key, message) := {"code": code, "message": message, "path": ["release", "reviews", 0, key]}

md5 := "d41d8cd98f00b204e9800998ecf8427e"

other := "e41d8cd98f00b204e9800998ecf8427e"

trained(name, digest) := {"name": name, "digest": digest, "context": "training"}

review(changes) := object.union(
	{
		"dataset": "wine", "about": "bias", "result": "accepted", "by": "Ines Moreau", "day": "2026-11-10", "digest": md5,
		"evidence": [{"title": "Report", "sha256": make.digest, "state": "same"}],
	},
	changes,
)

with_datasets(datasets, reviews) := make.version({"datasets": datasets, "release": {"reviews": reviews}}, {}, {})

of(reviews) := with_datasets([trained("wine", md5)], reviews)
