package policyctl.lib.images_test

import data.policyctl.lib.images
import data.policyctl.lib.kubernetes
import data.policyctl.testing.images as make

test_only_a_plain_word_says_that_it_does_not_run_or_build if {
	images.runs == false with input as make.dockerfile_of({})
	images.builds == true with input as make.dockerfile_of({})
	images.runs == true with input as make.service_of({}, {})
	images.builds == false with input as make.service_of({}, {})
	every broken in [null, "", "Dockerfile", ["dockerfile"], 1] {
		images.runs == true with input as make.dockerfile_of({"source": broken})
		images.builds == true with input as make.dockerfile_of({"source": broken})
	}
}

test_the_last_stage_and_the_container_of_a_service_are_what_runs if {
	stages := [make.stage({"role": "stage"}), make.stage({"role": "copied"}), make.stage({})]
	images.last == [make.stage({})] with input as make.dockerfile_of({"containers": stages})
	images.last == [make.container({})] with input as make.service_of({}, {})
	count(images.last) == 1 with input as make.service_of({"containers": [make.container({"role": null})]}, {})
}

test_what_takes_an_image_is_said_in_words if {
	images.takes(make.stage({})) == "stage prod stands on"
	images.takes(make.stage({"role": "stage"})) == "stage prod stands on"
	images.takes(make.stage({"role": "copied"})) == "the build copies files from"
	images.takes(make.container({})) == "service llm runs"
	images.takes(make.container({"role": "init"})) == "container llm runs"
}

test_what_a_container_is_called if {
	images.called(make.stage({})) == "stage prod"
	images.called(make.stage({"role": "copied", "name": "uv:1"})) == "image uv:1"
	images.called(make.container({})) == "service llm"
	images.called(make.container({"role": null})) == "container llm"
}

test_an_image_has_no_pods_to_be_read if {
	kubernetes.unreadable == set() with input as make.service_of({}, {})
	kubernetes.unreadable != set() with input as make.service_of({"containers": null}, {})
	kubernetes.unreadable != set() with input as make.service_of({"containers": []}, {})
}
