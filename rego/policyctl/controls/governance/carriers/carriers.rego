# METADATA
# scope: package
# description: |
#   What a plan creates in another system's words (a manifest, a template, a chart, a type of another cloud API) is seen by no
#   other control, so it is never passed.
package policyctl.controls.governance.carriers

resources contains _resource(carrier) if some carrier in _untold

# METADATA
# description: None, because what cannot be looked into is neither good nor bad.
findings := set()

# METADATA
# description: What the resource creates may be what other controls judge, and the plan does not show it in their words.
undetermined contains entry if {
	some carrier in _untold

	entry := {
		"resource": _resource(carrier),
		"path": [],
		"reason": _reason(carrier),
	}
}

_untold contains carrier if {
	some carrier in input.facts.carriers
	not _told(carrier)
}

# Of the clouds' APIs those parts are asked for that controls judge; of a cluster's objects all but those that run nothing.
_told(carrier) if {
	carrier.form in {"aws_api", "azure_api"}
	is_string(carrier.holds)
	part := _first_word(carrier.holds)
	part != ""
	judged := _judged[carrier.form]
	not part in judged
}

_told(carrier) if {
	carrier.form == "kubernetes"
	is_string(carrier.holds)
	regex.replace(replace(lower(carrier.holds), "_", ""), `v\d+(beta\d+)?$`, "") in _runs_nothing
}

_first_word(holds) := regex.split(`[:_/@]+`, trim_prefix(lower(holds), "aws::"))[0]

_resource(carrier) := carrier.address if {
	is_string(carrier.address)
} else := input.subject.id

_reason(carrier) := _reasons[carrier.form] if {
	_reasons[carrier.form]
} else := "the plan does not show what this creates"

_reasons := {
	"aws_api": "this provider's attributes are not read: write it with the resource of hashicorp/aws",
	"azure_api": "this provider's attributes are not read: write it with the resource of hashicorp/azurerm",
	"helm": "what the chart installs is not in the plan: give what helm template prints to policyctl check",
	"kubernetes": "objects of a cluster are not read from a plan: give their manifests to policyctl check",
	"template": "what the template creates is not read: write it with Terraform's own resources",
}

_judged := {
	"aws_api": {
		"apprunner", "batch", "bedrock", "bedrockagentcore", "cloudformation", "comprehend", "ecr", "ecs", "forecast",
		"frauddetector", "iam", "kendra", "kendraranking", "lambda", "lex", "logs", "personalize", "qbusiness",
		"rekognition", "s3", "sagemaker", "servicecatalog", "transcribe",
	},
	"azure_api": {
		"microsoft.app", "microsoft.authorization", "microsoft.botservice", "microsoft.cognitiveservices",
		"microsoft.containerinstance", "microsoft.containerregistry", "microsoft.databricks", "microsoft.healthbot",
		"microsoft.insights", "microsoft.kubernetesconfiguration", "microsoft.machinelearningservices",
		"microsoft.operationalinsights", "microsoft.resources", "microsoft.search", "microsoft.storage",
		"microsoft.videoindexer",
	},
}

_runs_nothing := {
	"apiservice", "certificatesigningrequest", "clusterrole", "clusterrolebinding", "configmap", "configmapv1data",
	"csidriver", "customresourcedefinition", "defaultserviceaccount", "endpoints", "endpointslice",
	"horizontalpodautoscaler", "ingress", "ingressclass", "limitrange", "namespace", "networkpolicy", "nodetaint",
	"persistentvolume", "persistentvolumeclaim", "poddisruptionbudget", "priorityclass", "resourcequota", "role",
	"rolebinding", "runtimeclass", "secret", "secretv1data", "service", "serviceaccount", "storageclass", "tokenrequest",
}
