# METADATA
# scope: package
# description: Makes documents of one Dockerfile or one service for tests of controls. Not part of the bundle.
package policyctl.testing.images

# METADATA
# description: A document of one service of a compose file that serves a model. `facts` overrides the defaults.
service_of(facts, parameters) := {
	"kind": "container_image",
	"subject": {"id": "compose.yaml/llm", "path": "compose.yaml"},
	"system": {},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": object.union(
		{
			"id": "compose.yaml/llm",
			"source": "compose",
			"name": "llm",
			"labels": {},
			"ai_workload": true,
			"ai_reasons": ["image vllm"],
			"serving": true,
			"containers": [container({})],
			"models": [],
			"unsafe_loading": [],
			"literal_secrets": [],
			"downloads": [],
			"ports": [],
			"host_access": [],
			"log_driver": "",
			"all_accelerators": false,
		},
		facts,
	),
}

# METADATA
# description: A document of one Dockerfile that builds a model server.
dockerfile_of(facts) := service_of(
	object.union(
		{"id": "Dockerfile", "source": "dockerfile", "name": "Dockerfile", "containers": [stage({})]},
		facts,
	),
	{},
)

# METADATA
# description: The container of a service with these differences from a plain one.
container(changes) := object.union(
	{
		"id": "llm",
		"path": ["services", "llm"],
		"name": "llm",
		"role": "service",
		"image_source": "file",
		"base_source": "file",
		"arguments": [],
		"arguments_secrets": [],
		"env": [],
		"limits": {},
		"requests": {},
		"user_source": "image",
	},
	changes,
)

# METADATA
# description: The last stage of a Dockerfile with these differences from a plain one.
stage(changes) := container(object.union({"id": "stage prod", "path": ["instructions", 0], "name": "prod", "role": "final"}, changes))
