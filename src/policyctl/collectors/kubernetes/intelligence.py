"""Why an object is taken to run AI, and whether it answers inference requests.

The kinds, images, programs and labels below are those of the projects in the corpus and their documentation. A workload
that none of them tells may still run AI: then the reasons are empty, and a label `policyctl.dev/system` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from policyctl.collectors.kubernetes.labels import SYSTEM_LABELS
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.facts.kubernetes import Container, Image, ModelSource, Program

_SERVING_KINDS = {
    "serving.kserve.io": {"InferenceService", "LLMInferenceService", "InferenceGraph"},
    "machinelearning.seldon.io": {"SeldonDeployment"},
    "mlops.seldon.io": {"Model", "Server", "Pipeline"},
    "ray.io": {"RayService"},
    "production-stack.vllm.ai": {"VLLMRuntime"},
    "serving.kubedl.io": {"Inference"},
    "apps.nvidia.com": {"NIMService"},
    "kaito.sh": {"Workspace"},
    "ollama.ayaka.io": {"Model"},
}
_AI_GROUPS = names(
    "serving.kserve.io machinelearning.seldon.io mlops.seldon.io ray.io kubeflow.org trainer.kubeflow.org "
    "production-stack.vllm.ai kagent.dev inference.networking.k8s.io inference.networking.x-k8s.io "
    "feast.dev serving.kubedl.io apps.nvidia.com kaito.sh trustyai.opendatahub.io llm-d.ai mlflow.org"
)
_RUN_ONCE = frozenset({"Job", "CronJob", "Workflow", "CronWorkflow", "WorkflowTemplate", "Experiment"})

# Program by image repository or command: those that answer requests, and those that train, tune or prepare.
_SERVERS = re.compile(
    r"vllm|text-generation-inference|text-embeddings-inference|tritonserver|triton-?server|(?:^|/)tgi|(?:^|/)tei\b|tensorflow/serving|"
    r"tf-?serving|torchserve|(?:^|/)ollama|sglang|mlserver|seldonio/|kserve/|huggingfaceserver|sklearnserver|xgbserver|lgbserver|"
    r"aifserver|alibiexplainer|jetstream|lmdeploy|llama[.-]?cpp|llama-server|localai|nvcr\.io/nim/|bentoml|(?:^|/)nim-llm|"
    r"openvino/model_server|text-generation-webui|tensorrt-?llm|ray-llm|rayllm|litellm|xinference|infinity-emb|whisper|comfyui|"
    r"stable-diffusion-webui|predictor|mosec|predibase/lorax|lmstack|llm-d"
)
_TOOLS = re.compile(
    r"tensorflow|pytorch|(?:^|/)torch|(?:^|/)jax|horovod|(?:^|/)ray(?:-ml)?$|rayproject/|huggingface|transformers|sentence-transformers|"
    r"nvidia/(?:cuda|pytorch|nemo)|nvcr\.io/nvidia|deepspeed|mlflow|kubeflowkatib|katib|jupyter|notebook-servers|langchain|langgraph|crewai|"
    r"autogen|llama-?index|xgboost|lightgbm|scikit|sklearn|onnx|openvino|bert|llama|mistral|gemma|diffusers|evidently|alibi|"
    r"milvusdb|qdrant|weaviate|chromadb|nemo|unsloth|axolotl|mindspore|paddle"
)
_CLIENTS = re.compile(r"-sdk$|client")
_SERVER_COMMANDS = re.compile(
    r"vllm\.entrypoints|\bvllm serve\b|sglang\.launch_server|\btritonserver\b|text-generation-launcher|"
    r"text-embeddings-router|\bollama serve\b|\btorchserve\b|tensorflow_model_server|mlflow models serve|"
    r"\bbentoml serve\b|\bserve run\b|huggingfaceserver|llama-server|"
    r"trtllm-serve|lmdeploy serve|llama_cpp\.server|\bmlserver start\b|aifserver|--triton_model_repo"
)
_TOOL_COMMANDS = re.compile(
    r"torchrun|torch\.distributed|accelerate launch|deepspeed|huggingface-cli|transformers|\bray start\b|horovodrun|"
    r"llm-?compressor|tensorflow"
)
_LABELS = re.compile(
    r"^(ai\.gke\.io/|serving\.kserve\.io/|seldon|mlflow|huggingface|llm-d\.ai/|inference\.networking|(?:katib|pipelines)\.kubeflow|opendatahub\.io/)"
)


def ai_reasons(
    item: Item, labels: Mapping[str, str], containers: Sequence[Container], models: Sequence[ModelSource]
) -> list[str]:
    """Why the object is taken to run AI, in words, sorted; empty when nothing tells."""
    found: set[str] = set()
    if item.group in _AI_GROUPS:
        found.add(f"kind {item.kind}.{item.group}")
    found.update(f"label {name}" for name in labels if _LABELS.search(name) or name in SYSTEM_LABELS)
    for container in containers:
        found.update(program_reasons(container))
    found.update(f"model {source['uri'][:120]}" for source in models if source["uri"])
    return sorted(found)


def program_reasons(program: Program) -> Iterator[str]:
    """Why what is started here is taken to be AI, in words."""
    if (image := program.get("image")) and _runs_ai(_name(image)):
        yield f"image {image['reference']}"
    line = " ".join(program["arguments"])
    for form in (_SERVER_COMMANDS, _TOOL_COMMANDS):
        if command := form.search(line):
            yield f"command {command[0]}"
    devices = max(program["limits"].get("accelerators", 0), program["requests"].get("accelerators", 0))
    if devices:
        yield f"{devices} accelerator{'s' if devices > 1 else ''} for {program['name']}"


def runs_model(container: Program) -> bool:
    """Whether the container's image or command is one of a model program."""
    image = container.get("image")
    line = " ".join(container["arguments"])
    named = image is not None and _runs_ai(_name(image))
    return bool(named or _SERVER_COMMANDS.search(line) or _TOOL_COMMANDS.search(line))


def starts_server(text: str) -> bool:
    """Whether a command line or a script starts a program that answers inference requests."""
    return _SERVER_COMMANDS.search(text) is not None


def names_ai(name: str) -> bool:
    """Whether a program, module or package of this name is one of AI."""
    return _runs_ai(name)


def names_server_program(name: str) -> bool:
    """Whether a program or module of this name answers inference requests."""
    return _SERVERS.search(name) is not None and _CLIENTS.search(name) is None


def names_server(image: Image) -> bool:
    """Whether an image is that of a program that answers inference requests."""
    client = _CLIENTS.search(image.get("tag", "")) or _CLIENTS.search(image["repository"])
    return not client and _SERVERS.search(_name(image)) is not None


def is_serving(item: Item, containers: Sequence[Container]) -> bool:
    """Whether the object answers inference requests itself. Runtimes and definitions that others instantiate do not."""
    if item.kind in _SERVING_KINDS.get(item.group, ()):
        return True
    if item.group in _AI_GROUPS or item.kind in _RUN_ONCE:
        return False
    return any(serves(container) for container in containers if container["role"] == "container")


def serves(container: Program) -> bool:
    """Whether the container's image or command is that of a program that answers inference requests."""
    if _SERVER_COMMANDS.search(" ".join(container["arguments"])):
        return True
    image = container.get("image")
    return image is not None and names_server(image)


@lru_cache(maxsize=4096)
def _runs_ai(name: str) -> bool:
    return (_SERVERS.search(name) or _TOOLS.search(name)) is not None


def _name(image: Image) -> str:
    return f"{image.get('registry', '')}/{image['repository']}"
