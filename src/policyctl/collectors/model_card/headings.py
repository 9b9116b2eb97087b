"""Which kinds of section a heading announces, by its wording.

Wordings: the templates of huggingface_hub for models and datasets, the model cards paper (Mitchell et al.,
arXiv:1810.03993), and those of the cards that Meta, OpenAI, IBM and others publish.
"""

from __future__ import annotations

import re
from typing import Final

from policyctl.model.facts.model_card import SectionKind

_WORDINGS: Final[tuple[tuple[SectionKind, str], ...]] = (
    (
        "out_of_scope_use",
        r"out[- ]of[- ]scope|\bmisuse|not intended|not be used"
        r"|\b(malicious|prohibited|unintended|unsupported) use",
    ),
    (
        "intended_use",
        r"(?<!not )(?<!un)\bintended|\b(direct|downstream|primary|secondary|evaluated|in[- ]scope) (intended )?use"
        r"|^(model )?uses?$|(?<!scope )(?<!of )\buse cases?|^model usage$|^applications?$|supported tasks|^in[- ]scope"
        r"|^(in)?direct users",
    ),
    ("limitations", r"limitation|known issue|caveat|\bcannot do\b"),
    (
        "risks_and_bias",
        r"\brisks?\b|\bbias|fairness|\bethic|broader (impact|implication)|social impact|societal"
        r"|\bharms\b"
        r"|others affected|considerations for using|^safety\b"
        r"|\bsafety (considerations|measures|risks)|responsib|safeguard|red[- ]team",
    ),
    ("recommendations", r"recommendation|\bmitigation"),
    (
        "training_data",
        r"\btrain(ing)?( and (evaluation|test|validation))? (data|set|corpus)|\btraining datasets?|fine-?tuning data"
        r"|pre-?training (data|corpus)|^data$|data mission|^datasets?$|^datasets? used|data mixture|^data overview"
        r"|^data freshness",
    ),
    (
        "training_procedure",
        r"^training$|training (procedure|details|process|configuration|hyper|regime|setup|strategy|objective|factors)"
        r"|pre-?processing|^(pre|post)-?training$|^fine-?tuning$|hyper-?parameters|speeds, sizes, times"
        r"|modeling strategy",
    ),
    (
        "evaluation",
        r"\bevaluat(ion|ions|ing)\b|^(model )?performance|performance (and|measures|metrics)|^metrics|benchmark"
        r"|^(initial )?results?$"
        r"|testing data|^test (data|results|set)|^factors$|quantitative anal|^accuracy|accuracy$",
    ),
    (
        "environmental_impact",
        r"environment(al)? (impact|considerations)|carbon|\bco2|emissions|greenhouse|energy (use|consumption)",
    ),
    (
        "technical_specifications",
        r"technical spec|architecture|compute infrastructure|^(hardware|software)\b|framework versions"
        r"|objective function",
    ),
    ("contact", r"\bcontact|\bfeedback\b|questions (or|to|about)|^questions$|^reporting$|^maintainers?$"),
    ("citation", r"\bcitation|^cite\b|how to cite|^bibtex$|^apa$"),
    ("licence", r"\blicen[sc]"),
    ("dataset_structure", r"dataset structure|data (instances|fields|splits)|^configs$"),
    (
        "dataset_creation",
        r"dataset creation|curation rationale|source data|data collection|source language producers|data producers",
    ),
    (
        "personal_information",
        r"personal (and sensitive |data|information)|sensitive (information|data)|^privacy|\band privacy$",
    ),
    ("annotations", r"annotation|annotators"),
    (
        "description",
        r"description|summary|overview|^introduction|^model (details|information|type|dates?|versions?|scope)$|^basics$"
        r"|^(model|dataset|data) card( for| of|:| -|$)|\b(model|dataset|data) card$|^about$|release date",
    ),
)
_PATTERNS: Final = tuple((kind, re.compile(wording)) for kind, wording in _WORDINGS)
_DESCRIPTIVE: Final = frozenset({"description"})


def kinds_of(heading: str) -> tuple[SectionKind, ...]:
    """The kinds that `heading` (plain, any case) announces.

    Several for "Bias, Risks, and Limitations", none for wording that is not known.
    """
    text = heading.lower().replace("&", "and")
    kinds = tuple(kind for kind, pattern in _PATTERNS if pattern.search(text))
    # "Evaluation limitations" describes limitations; "Model description" is a description only when it is nothing else.
    return tuple(kind for kind in kinds if kind not in _DESCRIPTIVE) or kinds


OWNER: Final = re.compile(
    r"^(developed by|model developers?|developers?|organi[sz]ation developing the model|(model card )?authors?"
    r"|created by|curated by|dataset curators?|shared by|model creators?|maintained by|maintainers?|owners?)$",
    re.IGNORECASE,
)
"""Headings and labels before the names of those who answer for a model or dataset."""

CONTACT: Final = re.compile(
    r"^(contacts?|(model|dataset) card contact|points? of contact|contact (information|details|us)|send questions to"
    r"|where to send questions.*|questions|feedback|.*provide feedback\??)$",
    re.IGNORECASE,
)
"""Headings and labels before an address for questions."""
