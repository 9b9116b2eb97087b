package policyctl.controls.supply_chain.model_image_pinned

import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains model.address if {
	some type, _ in _types
	some model in terraform.planned(type)
}

# METADATA
# description: A container names no image and no model package that would bring one.
findings contains finding if {
	some container in _containers
	container.model.type == "aws_sagemaker_model"
	settings.text(container.model, container.image_at) == "no"
	settings.text(container.model, container.package_at) == "no"

	finding := _finding(container, container.image_at, "no_image", "the container names no image")
}

# METADATA
# description: The image has a tag that is meant to move, or none, which means latest.
findings contains finding if {
	some container in _containers
	_by_tag(container)
	_floats(container)
	finding := _finding(container, container.image_at, "floating_tag", "the image is named by a tag that is meant to move")
}

# METADATA
# description: The image has a fixed tag, in a repository of this plan that lets tags be moved.
findings contains finding if {
	some container in _containers
	_by_fixed_tag(container)
	_moved(container)
	message := "the image is named by a tag, and its repository lets tags be moved"
	finding := _finding(container, container.image_at, "mutable_tag", message)
}

# METADATA
# description: The model's file is in a bucket that is neither in the plan nor one that the profile names.
findings contains finding if {
	some artefact in _artefacts
	count(_parameters.own_buckets) > 0
	_own(artefact) == false
	message := "the model's file comes from a bucket that is not the organisation's own"
	finding := _finding(artefact.container, artefact.at, "foreign_artefact", message)
}

# METADATA
# description: The image is known only after apply.
undetermined contains entry if {
	some container in _containers
	settings.text(container.model, container.image_at) == "untold"
	entry := _entry(container, container.image_at, "the image is known only after apply")
}

# METADATA
# description: There is no image, and whether there is a model package is known only after apply.
undetermined contains entry if {
	some container in _containers
	settings.text(container.model, container.image_at) == "no"
	settings.text(container.model, container.package_at) == "untold"
	entry := _entry(container, container.package_at, "which model package brings the image is known only after apply")
}

# METADATA
# description: The provider takes an image of its own choice where the configuration names none.
undetermined contains entry if {
	some container in _containers
	container.model.type == "google_vertex_ai_endpoint_with_model_garden_deployment"
	settings.text(container.model, container.image_at) == "no"
	entry := _entry(container, container.image_at, "which image serves the model is the publisher's choice")
}

# METADATA
# description: The image has a fixed tag, in a repository that the plan does not show to be immutable.
undetermined contains entry if {
	some container in _containers
	_by_fixed_tag(container)
	not _held(container)
	not _moved(container)
	reason := "the image is named by a tag, and whether that can be moved is not in the plan"
	entry := _entry(container, container.image_at, reason)
}

# METADATA
# description: Whose bucket the model's file comes from cannot be told.
undetermined contains entry if {
	some artefact in _artefacts
	count(_parameters.own_buckets) == 0
	_own(artefact) == false
	entry := _entry(artefact.container, artefact.at, "whose bucket the model's file comes from is not in the plan")
}

# METADATA
# description: Where the model's file comes from is known only after apply.
undetermined contains entry if {
	some container in _containers
	some at in container.artefacts_at
	settings.text(container.model, at) == "untold"
	count(terraform.sources(container.model, _plain(at), {"aws_s3_bucket"})) == 0
	entry := _entry(container, at, "where the model's file comes from is known only after apply")
}

_finding(container, at, code, message) := {
	"code": code,
	"resource": container.model.address,
	"message": concat("", [message, settings.told(container.model, at)]),
	"path": settings.place(at),
}

_entry(container, at, reason) := {"resource": container.model.address, "path": settings.place(at), "reason": reason}

# Each container of each model, with the paths of what it names.
_containers contains container if {
	some type, shape in _types
	some model in terraform.planned(type)
	some block in _blocks(model, shape.blocks)
	container := {
		"model": model,
		"image_at": concat(".", [block, shape.image]),
		"package_at": concat(".", [block, "model_package_name"]),
		"artefacts_at": {concat(".", [block, artefact]) | some artefact in shape.artefacts},
	}
}

# Where a model shows none, the first of the first kind stands for what is missing; so does one of a kind not known yet.
_blocks(model, names) := found if {
	found := {path |
		some name in names
		some path in (object.keys(settings.blocks(model, name)) | _hidden(model, name))
	}
	count(found) > 0
} else := {concat(".", [names[0], "0"])}

_hidden(model, name) := {concat(".", [name, "0"])} if {
	terraform.state(model, name) in {"unknown", "masked"}
} else := set()

_image(container) := terraform.value(container.model, container.image_at)

_by_tag(container) if {
	settings.text(container.model, container.image_at) == "yes"
	regex.match(`@sha256:[0-9a-f]{64}$`, _image(container)) == false
}

_by_fixed_tag(container) if {
	_by_tag(container)
	not _floats(container)
}

_floats(container) if lower(_tag(_image(container))) in _floating

# All repositories of this plan that may be the image's refuse to move tags.
_held(container) if {
	{settings.one_of(repository, "image_tag_mutability", {"IMMUTABLE"}) |
		some repository in _repositories_of(container)
	} == {"yes"}
}

_moved(container) if {
	some repository in _repositories_of(container)
	settings.one_of(repository, "image_tag_mutability", {"IMMUTABLE"}) == "no"
}

# Repositories of this name, but for those that are in another region or account as far as the plan tells.
_repositories_of(container) := {repository |
	parts := split(_image(container), "/")
	[account, "dkr", "ecr", region] = array.slice(split(parts[0], "."), 0, 4)
	path := concat("/", array.slice(parts, 1, count(parts)))
	some repository in _repositories[split(path, ":")[0]]
	object.get(repository, "region", region) == region
	_told(repository, "registry_id", account) == account
	_accounts(container.model) - {account} == set()
}

_told(resource, attribute, otherwise) := resource.values[attribute] if {
	settings.text(resource, attribute) == "yes"
} else := otherwise

# What stands after the colon in the last part of an image's name, its digest left out; latest where nothing does.
_tag(image) := tag if {
	parts := split(split(image, "@")[0], "/")
	[_, tag] := split(parts[count(parts) - 1], ":")
} else := "latest"

_repositories[name] contains repository if {
	some repository in terraform.planned("aws_ecr_repository")
	settings.text(repository, "name") == "yes"
	name := repository.values.name
}

# The files that models name, with the buckets they lie in.
_artefacts contains artefact if {
	some container in _containers
	some at in container.artefacts_at
	settings.text(container.model, at) == "yes"
	artefact := {"container": container, "at": at, "bucket": _bucket(terraform.value(container.model, at))}
}

_bucket(url) := split(trim_prefix(url, "s3://"), "/")[0] if {
	startswith(url, "s3://")
} else := url

_own(artefact) if {
	artefact.bucket in _planned_buckets
} else if {
	count(terraform.sources(artefact.container.model, _plain(artefact.at), {"aws_s3_bucket"})) > 0
} else if {
	artefact.bucket in _parameters.own_buckets
} else if {
	some account in _accounts(artefact.container.model)
	some part in split(artefact.bucket, "-")
	part == account
} else := false

_planned_buckets contains bucket.values.bucket if {
	some bucket in terraform.planned("aws_s3_bucket")
	settings.text(bucket, "bucket") == "yes"
}

# SageMaker runs a model only under a role of its own account, and a boundary lies in the account of its role.
_accounts(model) := {account |
	some arn in _arns(model)
	account := split(arn, ":")[4]
	regex.match(`^[0-9]{12}$`, account)
}

_arns(model) := {model.values.execution_role_arn |
	settings.text(model, "execution_role_arn") == "yes"
} | {role.values.permissions_boundary |
	some role in terraform.sources(model, "execution_role_arn", {"aws_iam_role"})
	settings.text(role, "permissions_boundary") == "yes"
}

_plain(path) := concat(".", [part | some part in split(path, "."); not regex.match(`^[0-9]+$`, part)])

_floating := {lower(tag) | some tag in _parameters.floating_tags}

_types := {
	"aws_sagemaker_model": {
		"blocks": ["primary_container", "container"],
		"image": "image",
		"artefacts": {"model_data_url", "model_data_source.0.s3_data_source.0.s3_uri"},
	},
	"google_vertex_ai_endpoint_with_model_garden_deployment": {
		"blocks": ["model_config.0.container_spec"],
		"image": "image_uri",
		"artefacts": set(),
	},
}

_parameters := input.profile.parameters.supply_chain.model_image_pinned
