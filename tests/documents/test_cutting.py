"""OPA is sent only what the bundle reads, and answers the same as if it had been sent everything."""

from __future__ import annotations

from typing import Any

from policyctl import context, library, opening, pipeline, settings
from policyctl.attesting import Attestations
from policyctl.documents.cutting import Cut, cut
from policyctl.gathering import gather, subjects
from policyctl.profiles import chosen_profile
from policyctl.systems import Systems
from tests.conftest import DATA, EXAMPLES


def test_a_cut_document_gets_the_answer_of_the_whole() -> None:
    loaded = library.load((library.own_root(),), opening.opa_path)
    catalog = loaded.bundle.catalog
    own, today = settings.load({}, {}, DATA / "systems"), context.current({})
    paths = [
        str(EXAMPLES),
        *(
            str(DATA / name)
            for name in ("agents", "terraform", "kubernetes", "model_cards", "bom", "systems", "records")
        ),
    ]
    gathered = subjects(gather(paths))
    profile = chosen_profile(own, catalog)
    attestations = Attestations(own, catalog, today)
    built = pipeline.build_documents(gathered, profile, Systems(own), attestations, pipeline.Options(), today)
    documents = [document for _, document in built]
    cuts = [cut(document, Cut.of(catalog, document["kind"])) for document in documents]
    with opening.start(own, loaded) as engine:
        whole, part = engine.decide(documents), engine.decide(cuts)

    assert len(documents) > 50
    assert whole == part
    assert sum(len(str(c)) for c in cuts) < sum(len(str(d)) for d in documents)


def test_resource_types_that_nobody_reads_are_left_out_with_what_refers_to_them() -> None:
    read = Cut(frozenset({"resources", "referenced_by"}), frozenset({"aws_s3_bucket"}))
    bucket, other = {"address": "aws_s3_bucket.a"}, {"address": "aws_vpc.v"}
    referrer = {"address": "aws_vpc.v", "type": "aws_vpc", "at": 0, "path": "x"}
    document = {
        "kind": "terraform_plan",
        "facts": {
            "resources": {"aws_s3_bucket": [bucket], "aws_vpc": [other]},
            "referenced_by": {"aws_s3_bucket.a": [referrer], "aws_vpc.v": [referrer]},
            "destroy_only": False,
        },
        "masked": [],
        "sources": [],
    }

    assert cut(document, read) == {
        "kind": "terraform_plan",
        "facts": {"resources": {"aws_s3_bucket": [bucket]}, "referenced_by": {}},
    }


def test_where_a_rule_reads_all_facts_all_are_sent() -> None:
    controls = {"X-001": {"kinds": ["bom"]}, "X-002": {"kinds": ["terraform_plan"]}}
    catalog: Any = {"controls": controls, "reads": {"X-001": [["facts"]], "X-002": [["facts", "carriers"]]}}
    document: Any = {"kind": "bom", "facts": {"models": [], "resources": {"a": []}}}

    assert cut(document, Cut.of(catalog, "bom")) == document
    assert cut(document, Cut.of(catalog, "terraform_plan")) == {"kind": "bom", "facts": {}}
