"""The one flow: gather, document, decide, record, report. Every door goes through it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from policyctl import bundle_access, deciding, recording, unmasked, verdict
from policyctl.attesting import Attestations
from policyctl.bundles.keys import is_text
from policyctl.claims import weighed
from policyctl.context import Context
from policyctl.documents.building import build
from policyctl.gathering import gather, subjects
from policyctl.model.catalog import Profile
from policyctl.model.document import Collected, Input, InputDocument
from policyctl.model.report import Decided, Report
from policyctl.opening import Opened, opa_path
from policyctl.profiles import chosen_profile
from policyctl.registries import Registries
from policyctl.settings import Settings
from policyctl.systems import Systems
from policyctl.trusted import require_outside
from policyctl.waivers import Met, Waivers


@dataclass(frozen=True, slots=True)
class Options:
    """What one run is told beyond the settings. `as_of` is an ISO day, empty for today (UTC); `gather` reads the paths,
    in place of the library's collectors.
    """

    kind: str | None = None
    system: str | None = None
    as_of: str = ""
    simulate: bool = False
    record: bool = True
    gather: Callable[[Sequence[str], str | None], list[Input]] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What subjects are judged by, whoever asks: read once, for one run or for all that a server is ever asked."""

    run: Opened
    profile: Profile
    systems: Systems
    waivers: Waivers
    attestations: Attestations

    @classmethod
    def of(cls, run: Opened, system: str | None, context: Context) -> Standing:
        """That of a run. Raises UsageError for what the configuration names and cannot be used, EngineError for an OPA without trust."""
        settings, catalog = run.settings, run.loaded.bundle.catalog
        profile = chosen_profile(settings, catalog)
        deciding.require_trust(run.engine, profile)
        waivers, attestations = Waivers(settings, catalog, context), Attestations(settings, catalog, context)
        return cls(run, profile, Systems(settings, system), waivers, attestations)

    def decide(self, collected: Sequence[Collected], options: Options, context: Context) -> Iterator[deciding.Asked]:
        """OPA's answer about each subject, in their order. Raises EngineError where one cannot be decided."""
        return self.answered(self.documents(collected, options, context))

    def documents(
        self, collected: Sequence[Collected], options: Options, context: Context
    ) -> list[tuple[Collected, InputDocument]]:
        """What OPA is to be asked about each subject, under the profile."""
        by = (self.profile, self.systems, self.attestations, options, context, self.waivers)
        return build_documents(collected, *by)

    def answered(self, documents: Sequence[tuple[Collected, InputDocument]]) -> Iterator[deciding.Asked]:
        """OPA's answer about each document, each under the profile that it names. Raises EngineError where one cannot be decided."""
        catalog = self.run.loaded.bundle.catalog
        engine = self.run.engine_for({id for _, document in documents for id in document["profile"]["enforcement"]})
        return deciding.decide(engine, catalog, unmasked.with_gaps(engine, catalog, documents))


def check(paths: Sequence[str], run: Opened, options: Options, context: Context) -> Report:
    """Gathers facts from these paths, decides about each subject, records every decision, and says it all.

    Raises EngineError and LedgerError (exit code 4) where something cannot be decided or recorded: then nothing is allowed.
    """
    bundle, settings = run.loaded.bundle, run.settings
    _require_outside(settings, paths, context)
    standing = Standing.of(run, options.system, context)
    profile, systems, waivers = standing.profile, standing.systems, standing.waivers
    inputs = _gathered(paths, settings, options, context)
    collected = subjects(inputs)
    asked = standing.decide(collected, options, context)
    prepared = recording.prepare(asked, bundle, run.engine.identity, repeat(context))
    decided = (
        recording.record(prepared, bundle, recording.address(settings))
        if options.record
        else tuple(one.decision for one in prepared)
    )
    summary = verdict.summarise(
        decided,
        inputs,
        profile,
        bundle,
        exit_code_counts=options.simulate,
        as_of=options.as_of or context.today,
        simulated=_simulated(options, context),
        recorded=_recorded(decided, settings, options),
        duration=time.monotonic() - run.started,
        notes=(
            *settings.notes,
            *([run.loaded.note] if run.loaded.note else ()),
            *systems.notes,
            *waivers.notes,
            *standing.attestations.notes(systems.known(subject.system_id for subject in collected)),
            *deciding.trust_notes(decided),
        ),
        waivers=waivers.told(Met.by(decided), profile, bundle.catalog, options.as_of or context.today),
    )
    return Report(decided, tuple(inputs), summary)


def gathered(
    paths: Sequence[str], settings: Settings, options: Options, context: Context
) -> tuple[list[InputDocument], list[Input]]:
    """The documents that `check` would ask about, and what became of each input. Nothing is decided."""
    loaded = bundle_access.load(settings, opa_path)
    profile = chosen_profile(settings, loaded.bundle.catalog)
    _require_outside(settings, paths, context)
    systems, waivers = Systems(settings, options.system), Waivers(settings, loaded.bundle.catalog, context)
    inputs = _gathered(paths, settings, options, context)
    attestations = Attestations(settings, loaded.bundle.catalog, context)
    documents = build_documents(subjects(inputs), profile, systems, attestations, options, context, waivers)
    return [document for _, document in documents], inputs


def _gathered(paths: Sequence[str], settings: Settings, options: Options, context: Context) -> list[Input]:
    if options.gather:
        return options.gather(paths, options.kind)
    registries = Registries.of(settings, context)
    inputs = gather(paths, options.kind, registries=registries, releases=settings.releases)
    return [weighed(entry, settings, context) for entry in inputs]


def build_documents(
    collected: Sequence[Collected],
    profile: Profile,
    systems: Systems,
    attestations: Attestations,
    options: Options,
    context: Context,
    waivers: Waivers | None = None,
) -> list[tuple[Collected, InputDocument]]:
    """The input document of each subject, masked, with its system, and that system's attestations and waivers."""
    documents = []
    for subject in collected:
        system = systems.of(subject)
        id = system.get("id", "")
        weighed = attestations.placed(systems.weighed(subject), id)
        document = build(
            weighed,
            system=system,
            profile=profile["kinds"][subject.kind],
            as_of=options.as_of or context.today,
            simulated=_simulated(options, context),
            environment={},
            attested=attestations.of(id, subject.kind),
            waivers=waivers.of(system) if waivers else (),
        )
        documents.append((weighed, document))
    return documents


def _require_outside(settings: Settings, paths: Sequence[str], context: Context) -> None:
    """A trusted configuration, or a key, that lies in what is judged is refused; so is, where the tree's word does not count, a
    bundle there that no key vouches for.
    """
    if settings.trusted:
        require_outside(settings.root, paths, Path.cwd())
    if settings.waiver_key:
        require_outside(settings.waiver_key, paths, Path.cwd(), "a key for waivers")
    if settings.bundle_key and not settings.local_key and not is_text(settings.bundle_key):
        require_outside(Path(settings.bundle_key), paths, Path.cwd(), "a key for bundles")
    vouched = settings.bundle_key and not settings.local_key  # a tree that names the key vouches for itself
    if settings.bundle and not vouched and (settings.trusted or context.pipeline):
        require_outside(settings.bundle, paths, Path.cwd(), "a bundle that no key vouches for")


def _recorded(decided: Sequence[Decided], settings: Settings, options: Options) -> str:
    """Where the decisions are on record, in words."""
    if not options.record:
        return "NOT RECORDED (--no-record)"
    from policyctl.ledger.address import masked

    return f"recorded in {masked(recording.address(settings))}" if decided else "nothing to record"


def _simulated(options: Options, context: Context) -> bool:
    return bool(options.as_of) and options.as_of != context.today
