"""Facts of one version of a model: what its registry, its training run and its artefacts show."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.facts.model_card import ModelCardFacts
from policyctl.model.facts.release import Release

Instant = str
"""A moment in UTC, always written as 2026-11-22T18:00:18.000Z, so that texts compare as times do."""


class ArtefactFile(TypedDict):
    """One file of a model. `path` is relative to the model's folder, `size` in bytes; `sha256` is absent where the file was not read."""

    path: str
    size: NotRequired[int]
    sha256: NotRequired[str]


class Artefact(TypedDict):
    """The files that are the model. `location` is where the registry says they are.

    `sha256` is that of the lines "<sha256 of the file>  <path>", sorted by path, each ended by a line feed: what
    `find -type f -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum | sha256sum` prints in the model's folder. Absent where one file could
    not be read.
    """

    location: NotRequired[str]
    files: NotRequired[list[ArtefactFile]]
    sha256: NotRequired[str]


class Card(TypedDict):
    """The model's card. `in_artefact`: it is one of the model's own files, else one beside them. `facts` are those of kind model_card."""

    path: str
    sha256: str
    in_artefact: bool
    facts: ModelCardFacts


class Column(TypedDict):
    """One input or output. A tensor has no name."""

    name: NotRequired[str]
    type: str


class Signature(TypedDict):
    """What the model takes and gives."""

    inputs: list[Column]
    outputs: list[Column]


class Requirement(TypedDict):
    """A Python package that the version asks for. `pinned`: it is one exact version, commit or file."""

    name: str
    specifier: str
    pinned: bool


class Run(TypedDict):
    """The run that trained the model. `started` and `ended` are moments; `deleted`: it stands in the registry's bin."""

    id: NotRequired[str]
    status: NotRequired[Literal["running", "scheduled", "finished", "failed", "killed"]]
    deleted: NotRequired[bool]
    user: NotRequired[str]
    started: NotRequired[Instant]
    ended: NotRequired[Instant]
    parameters: NotRequired[dict[str, str]]


class Code(TypedDict):
    """The code that trained the model. `dirty`: the working tree held changes that the revision does not; absent where nobody noted it."""

    revision: NotRequired[str]
    repository: NotRequired[str]
    branch: NotRequired[str]
    entry: NotRequired[str]
    dirty: NotRequired[bool]


class Repository(TypedDict):
    """The git repository that the release record lies in, asked about the `revision` that the registry recorded of the code.

    `revision` is absent where none was told by then, or no full id of a commit. `found`: it is a commit here. `branches` are those of the
    remotes that hold it, as they were when last fetched ("origin/main"). `complete`: the clone has its whole history and all branches of
    its remotes, so that what is not here was not there. `remotes` are their addresses, without credentials. `head` and `branch` are what
    is checked out now, which says nothing about the training; absent before the first commit, and where no branch is checked out.
    """

    complete: bool
    remotes: list[str]
    head: NotRequired[str]
    branch: NotRequired[str]
    revision: NotRequired[str]
    found: NotRequired[bool]
    branches: NotRequired[list[str]]


class Dataset(TypedDict):
    """A dataset that the training run says it used, or that DVC recorded. `context` is the run's word for what it was used for
    ("training"), or the name of the stage that read it.

    `digest` is the registry's own: MLflow's default is eight hexadecimal digits over a sample of the rows. DVC's is the MD5 of a file
    ("md5:…"), of a file whose line ends were made those of Unix before ("md5-dos2unix:…"), or of a folder's listing ("….dir").
    """

    name: str
    digest: NotRequired[str]
    context: NotRequired[str]
    source: NotRequired[str]
    source_type: NotRequired[str]
    columns: NotRequired[list[str]]
    rows: NotRequired[int]


class Evaluation(TypedDict):
    """One result. `metric` is lower case; `value` is absent where it is no finite number; `at` is the moment when it was recorded.

    `bound` says what ties the result to this version: the digest of its files, the registry's own record of this model, the name
    alone, or nothing. `aspect` is what was examined; `slice` the part of the data that the result is about ("sex=female"), absent for all
    of it; `passed` what the tool itself concluded. `dataset` and `dataset_digest` name what it was measured on, `run` the run that
    recorded it, `file` the file that it stands in, and `target` what the tool says that it examined.
    """

    metric: str
    tool: Literal[
        "mlflow",
        "lm_eval",
        "promptfoo",
        "garak",
        "evidently",
        "sagemaker_clarify",
        "sagemaker_model_monitor",
        "table",
    ]
    bound: Literal["artefact", "registry", "name", "nothing"]
    aspect: Literal["performance", "fairness", "robustness", "safety", "drift"]
    value: NotRequired[float]
    passed: NotRequired[bool]
    slice: NotRequired[str]
    at: NotRequired[Instant]
    dataset: NotRequired[str]
    dataset_digest: NotRequired[str]
    run: NotRequired[str]
    file: NotRequired[str]
    target: NotRequired[str]


class DataCheck(TypedDict):
    """What a tool found that held a dataset against what was expected of it. `tested` counts the expectations, `failed` names those that
    were not met; `dataset` is the name that the tool gives it, and `file` the file that this stands in.
    """

    tool: Literal["great_expectations"]
    passed: bool
    failed: list[str]
    tested: NotRequired[int]
    suite: NotRequired[str]
    dataset: NotRequired[str]
    at: NotRequired[Instant]
    file: NotRequired[str]


class DataFile(TypedDict):
    """A dataset as it lies now, by the name that the release record gives it. The digests are absent where it cannot be read.

    A folder has no SHA-256; its MD5 is DVC's, of the listing of its files ("….dir").
    """

    name: str
    path: str
    size: NotRequired[int]
    md5: NotRequired[str]
    sha256: NotRequired[str]


class Predecessor(TypedDict):
    """The version that the release record says is replaced, and what was measured of it."""

    id: str
    evaluations: list[Evaluation]


class Stated(TypedDict):
    """What one source says of a fact."""

    value: str
    source: str


class Conflict(TypedDict):
    """A fact of which two sources say different things. `fact` is its dotted path; the first statement is the one that counts."""

    fact: str
    stated: list[Stated]


class ModelFacts(TypedDict):
    """`input.facts` of a document of kind model: one version of one model. What no source says is absent.

    `id` is how policyctl names it ("mlflow:wine/1"). `status` is whether the registry holds it in full; `tags` are as their owner wrote
    them, the version's before the model's; `datasets` is absent where the training run could not be read; `release` is what people
    state of it, and `predecessor` the version that it replaces by their word.
    """

    id: str
    registry: NotRequired[Literal["mlflow"]]
    name: NotRequired[str]
    version: NotRequired[str]
    aliases: list[str]
    status: NotRequired[Literal["ready", "pending", "failed"]]
    description: NotRequired[str]
    registered: NotRequired[Instant]
    tags: dict[str, str]
    artefact: NotRequired[Artefact]
    card: NotRequired[Card]
    signature: NotRequired[Signature]
    requirements: NotRequired[list[Requirement]]
    run: NotRequired[Run]
    code: NotRequired[Code]
    repository: NotRequired[Repository]
    datasets: NotRequired[list[Dataset]]
    evaluations: list[Evaluation]
    data_checks: list[DataCheck]
    conflicts: list[Conflict]
    data_files: NotRequired[list[DataFile]]
    release: NotRequired[Release]
    predecessor: NotRequired[Predecessor]
