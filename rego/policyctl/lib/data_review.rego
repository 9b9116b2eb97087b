# METADATA
# scope: package
# description: |
#   Whether somebody has looked at the data that a version was trained on, and what they found, as its release record states. Each question
#   is about personal_data, bias or representativeness. No control logic. Functions are total.
package policyctl.lib.data_review

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.record
import data.policyctl.lib.wording

# METADATA
# description: |
#   What is wrong with the reviews of the training data - {code, message, path}. Of each dataset the last review counts, which holds for so
#   many days.
defects(about, days) := _missing(about) | _of_all(about, days)

# METADATA
# description: What cannot be told of the reviews of the training data - {reason, path}.
untold(about) := ({one | count(model.training) == 0; one := _no_data} | _unnamed) | (_unread(about) | _not_compared(about))

_no_data := {"reason": "it is not recorded on which data the model was trained", "path": ["datasets"]}

_unnamed := {{"reason": "the name of the data on which the model was trained is not recorded", "path": ["datasets", index, "name"]} |
	some index, dataset in model.training
	model.text(dataset, "name") == null
}

_unread(about) := {{"reason": sprintf("it is not recorded %s", [what]), "path": ["release", "reviews", index, key]} |
	some index, review in _reviews
	entry.value(review, "about") == about
	some [key, what] in _unreadable(review)
}

_unreadable(review) := {["day", "on which day the review was made"] | record.is_day(entry.value(review, "day")) == false} | {["result", "whether the data were accepted"] | not entry.value(review, "result") in {"accepted", "accepted_with_conditions", "rejected"}}

_not_compared(about) := {{"reason": sprintf("it cannot be told whether the data of %s are those that were reviewed", [name]), "path": ["datasets", place, "digest"]} |
	some place, dataset in model.training
	name := model.text(dataset, "name")
	some index, _ in _last(about, name)
	digest := model.text(_reviews[index], "digest")
	digest != null
	model.same_data(digest, model.text(dataset, "digest")) == "untold"
}

_missing(about) := {{
	"code": "no_review",
	"message": sprintf("nobody has reviewed %s for %s as of %s", [name, _words[about], input.as_of]),
	"path": ["release", "reviews"],
} |
	some name in _names
	count(_last(about, name)) == 0
}

_of_all(about, days) := {{"code": code, "message": message, "path": ["release", "reviews", index, key]} |
	some name in _names
	some index, review in _last(about, name)
	some [code, key, what] in _of_one(review, name, days)
	message := sprintf("the review of %s for %s, of %s, %s", [name, _words[about], review.day, what])
}

_of_one(review, name, days) := ((_rejected(review) | _not_by_a_person(review)) | (_of_other_data(review, name) | _expired(review, days))) | _unproven(review)

_rejected(review) := {["rejected", "result", "rejects the data"] | entry.value(review, "result") == "rejected"}

_not_by_a_person(review) := {["no_person", "by", what] |
	wording.names_person(entry.value(review, "by")) == false
	what := sprintf("names no person who made it: %s", [entry.told(review, "by", "nobody")])
}

_of_other_data(review, name) := {["not_bound", "digest", "does not say by a digest which data it is about"] |
	model.text(review, "digest") == null
} | {["other_data", "digest", what] |
	some dataset in model.training
	model.text(dataset, "name") == name
	model.same_data(model.text(review, "digest"), model.text(dataset, "digest")) == "no"
	what := sprintf("is about the data %s, and the model was trained on %s", [review.digest, dataset.digest])
}

_expired(review, days) := {["expired", "day", sprintf("is more than %d days old", [days])] |
	record.days_after(review.day, days) < input.as_of
}

_unproven(review) := {[code, "evidence", _said[code]] | some code in record.evidence_defects(entry.value(review, "evidence"))}

# The last reviews of a dataset, by their place. A day to come is a plan.
_last(about, name) := {index: review |
	some index, review in _made(about, name)
	review.day == max({other.day | some other in _made(about, name)})
}

_made(about, name) := {index: review |
	some index, review in _reviews
	entry.value(review, "about") == about
	entry.value(review, "dataset") == name
	record.is_day(entry.value(review, "day"))
	review.day <= input.as_of
}

_names := {name | some dataset in model.training; name := model.text(dataset, "name"); name != null}

_reviews := entry.listed(model.stated("reviews"))

_words := {"personal_data": "personal data", "bias": "bias", "representativeness": "representativeness"}

_said := {
	"no_evidence": "names no document with its SHA-256 digest",
	"evidence_changed": "names a document that is not the one that was recorded",
	"evidence_missing": "names a document that is not where the record says",
}
