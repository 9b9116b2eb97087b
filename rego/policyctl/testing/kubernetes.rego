# METADATA
# scope: package
# description: Makes documents of one Kubernetes object for tests of controls. Not part of the bundle.
package policyctl.testing.kubernetes

# METADATA
# description: |
#   A document of one object. `facts` overrides the defaults of a Deployment that serves a model; containers and pods are filled in
#   from `container` and `pod`.
object_of(facts, parameters) := {
	"kind": "kubernetes_object",
	"subject": {"id": "Deployment.apps/ml/scorer", "path": "k8s/scorer.yaml"},
	"system": {},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": object.union(
		{
			"id": "Deployment/ml/scorer",
			"api_version": "apps/v1",
			"kind": "Deployment",
			"name": "scorer",
			"namespace": "ml",
			"labels": {},
			"annotations": {},
			"ai_workload": true,
			"ai_reasons": ["image vllm"],
			"serving": true,
			"object": {},
			"pods": [],
			"containers": [],
			"group": "apps",
			"generated_name": false,
			"models": [],
			"unsafe_loading": [],
			"literal_secrets": [],
			"inference": {"request_logging": [], "rollouts": [], "replacements": [], "explainers": [], "monitors": []},
			"relations": {},
			"objects_in_run": 1,
		},
		facts,
	),
}

# METADATA
# description: A container with these differences from a plain one.
container(changes) := object.union(
	{
		"id": "spec.template.spec/scorer",
		"path": ["spec", "template", "spec", "containers", 0],
		"pod": 0,
		"role": "container",
		"name": "scorer",
		"image_source": "manifest",
		"arguments": [],
		"arguments_secrets": [],
		"env": [],
		"env_from_secrets": false,
		"env_from_config_maps": false,
		"limits": {},
		"requests": {},
		"security_context": {},
		"host_ports": [],
		"probes": [],
	},
	changes,
)

# METADATA
# description: A pod with these differences from a plain one.
pod(changes) := object.union(
	{
		"path": ["spec", "template", "spec"],
		"labels": {},
		"controller_labels": {},
		"host_network": false,
		"host_pid": false,
		"host_ipc": false,
		"security_context": {},
		"volumes": [],
	},
	changes,
)
