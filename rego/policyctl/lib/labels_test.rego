package policyctl.lib.labels_test

import data.policyctl.lib.labels
import data.policyctl.testing.kubernetes as make

test_a_label_and_an_annotation_are_found_with_their_places if {
	given == {
		{"key": "owner", "value": "retail", "path": ["metadata", "labels", "owner"]},
		{"key": "a.b/Owner", "value": "retail-ml", "path": ["metadata", "annotations", "a.b/Owner"]},
	} with input as make.object_of({"labels": {"owner": "retail"}, "annotations": {"a.b/Owner": "retail-ml", "homeowner": "x"}}, {})
}

test_a_name_with_a_domain_is_the_whole_key_or_its_word if {
	values(labels.given({"a.io/system"})) == {"x"} with input as make.object_of({"labels": {"A.io/System": "x", "b.io/system": "y"}}, {})
	values(labels.given({"model-version"})) == {"3"} with input as make.object_of({"labels": {"a.io/Model_Version": "3"}}, {})
}

test_placeholders_and_what_is_no_text_say_nothing if {
	every nothing in ["", " ", "TBD", "todo", "<team>", "${OWNER}", "$OWNER", "$(OWNER)", "{{ .Values.owner }}", null, 1, ["x"], {}] {
		given == set() with input as make.object_of({"labels": {"owner": nothing}}, {})
	}
	every something in ["1", "a<b", "$5", "x"] {
		values(given) == {something} with input as make.object_of({"labels": {"owner": something}}, {})
	}
}

test_labels_that_are_no_mapping_say_nothing if {
	every broken in [null, "owner", ["owner"], [], 7] {
		given == set() with input as make.object_of({"labels": broken}, {})
		given == set() with input as make.object_of({"annotations": broken}, {})
	}
}

test_labels_of_pods_stand_beside_their_spec if {
	given_to_pods == {{"key": "owner", "value": "x", "path": ["spec", "template", "metadata", "labels", "owner"]}} with input as pods([make.pod({"labels": {"owner": "x"}})])
	{entry.path | some entry in given_to_pods} == {["metadata", "labels", "owner"]} with input as pods([make.pod({"labels": {"owner": "x"}, "path": null})])
	given_to_pods == set() with input as pods([make.pod({"labels": {"other": "x"}}), null])
	given == set() with input as pods([make.pod({"labels": {"owner": "x"}})])
}

given := labels.given({"owner"})

given_to_pods := labels.given_to_pods({"owner"})

values(entries) := {entry.value | some entry in entries}

pods(listed) := make.object_of({"pods": listed}, {})
