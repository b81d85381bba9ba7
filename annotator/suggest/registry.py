"""The Suggester protocol, and suggesters by name.

Suggesters are entry points of the group `annotator.suggesters`, the bundled ones included. An entry point names a
factory: a callable that takes a SuggesterContext and returns a Suggester, or raises SuggesterError.

What annotators see by default is one answer, combined from those of all suggesters that can run. Its name is DEFAULT,
and "starter+lexicon" is the name of the answer of these two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Protocol, runtime_checkable

from annotator.domain.model.document import Document
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import Message, SuggesterError
from annotator.plugins import find_plugins
from annotator.suggest.model_folders import LEARNED, default_models, has_learned, usable_model

GROUP = "annotator.suggesters"
WITHOUT_DOWNLOAD = ("starter", "lexicon", "grammar", "network", "stacked", "memory")
"""The suggesters that need no download, in the order in which they run."""

DEFAULT = "default"
"""A name for everything that runs by default, combined."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name with decisions in this project: its spelling, its label, how often it was confirmed and rejected."""

    text: str
    label: str
    count: int = 1
    rejected: int = 0


def ignore_message(_message: str) -> None:
    """Ignore a message."""


@dataclass(frozen=True, slots=True)
class SuggesterContext:
    """What a factory receives.

    project is the project's id, by which its own model is found, "" without one. threads is the number of threads
    of a neural model; device is "cpu" or "cuda". report takes a sentence about a problem that does not stop the work,
    such as a document that was left out; it may be called from any thread. components are the suggesters whose answers
    COMBINED combines, empty for all. switches says by name which suggesters run by default, if the user chose.
    """

    tagset: Tagset
    names: Sequence[KnownName] = ()
    models: Path = field(default_factory=default_models)
    threads: int = 1
    device: str = "cpu"
    project: str = ""
    report: Callable[[str], None] = ignore_message
    components: tuple[str, ...] = ()
    switches: Mapping[str, bool] = field(default_factory=dict)

    def combines(self, name: str) -> bool:
        """Return True if the answers of a suggester are combined with others."""
        return name in self.components if self.components else self.switches.get(name, True)


@runtime_checkable
class Cancellable(Protocol):
    """A suggester that may take long for one document, so that the caller may want to cancel it."""

    def cancel(self) -> None:
        """End the running suggest_many() within a second; callable from any thread."""


@runtime_checkable
class Combining(Protocol):
    """A suggester that makes its answers from those of others, which are asked before it."""

    def combine(self, document: Document, proposals: Mapping[str, Iterable[Suggestion]]) -> tuple[Suggestion, ...]:
        """Return one answer, without conflicts, from the answers of suggesters by name."""


class Suggester(Protocol):
    """Proposes spans; its name and version are stored with every suggestion."""

    @property
    def name(self) -> str:
        """Return the name by which it is found."""

    @property
    def version(self) -> str:
        """Return a string that changes whenever its answers may change."""

    def suggest_many(self, documents: Iterable[Document]) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Yield (document id, suggestions by start) in the order of the documents, reading them as needed.

        A document that fails is reported to the context and left out. Closing the iterator cancels. Raises
        SuggesterError if the suggester cannot continue.
        """

    def close(self) -> None:
        """Release every process and file; the suggester is not used afterwards."""


def outside_debris(document: Document, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions that do not overlap page debris."""
    debris = document.debris()
    return tuple(s for s in suggestions if not any(s.span.overlaps(place) for place in debris))


def names() -> tuple[str, ...]:
    """Return the names of all registered suggesters, sorted."""
    return tuple(find_plugins(GROUP).entries)


def default_names() -> tuple[str, ...]:
    """Return the registered suggesters that need no download, in the order in which they run."""
    registered = names()
    return tuple(name for name in WITHOUT_DOWNLOAD if name in registered)


def available(context: SuggesterContext) -> tuple[str, ...]:
    """Return the suggesters that run by default: those without a download, those with an installed model, and COMBINED.

    One that the context switches off is left out, and a plug-in runs only if it is switched on. COMBINED is the last,
    because it combines the answers of the others.
    """
    registered = names()
    ready = {
        **{name: name in registered for name in WITHOUT_DOWNLOAD},
        LEARNED: has_learned(context.models, context.project),
        "camel": usable_model(context.models) is not None,
    }
    chosen = [
        name for name, there in ready.items() if there and name in registered and context.switches.get(name, True)
    ]
    others = [name for name in registered if name not in ready and name != COMBINED]
    plugins = [name for name in others if context.switches.get(name, False)]
    return (*chosen, *plugins, *((COMBINED,) if COMBINED in registered else ()))


def expand(asked: Iterable[str], context: SuggesterContext) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the suggesters that some names stand for, and those to be combined.

    Example: ("camel", "starter+lexicon") becomes camel, starter, lexicon, combined; starter and lexicon are combined.
    DEFAULT becomes available(context); then all are combined, which an empty second part says.
    """
    names: dict[str, None] = {}
    components: dict[str, None] = {}
    every = False
    for name in asked:
        if name == DEFAULT:
            names |= dict.fromkeys(available(context))
            every = True
        elif "+" in name:
            parts = dict.fromkeys(part for part in name.split("+") if part)
            names |= parts
            components |= parts
        else:
            names[name] = None
            every |= name == COMBINED
    if every or components:
        names.pop(COMBINED, None)
        names[COMBINED] = None
    return tuple(names), () if every else tuple(components)


def create(name: str, context: SuggesterContext) -> Suggester:
    """Make the suggester with this name; DEFAULT or a name with a plus sign makes the combined one.

    Raises SuggesterError if there is none, if its plug-in is broken, or if it cannot start.
    """
    if name == DEFAULT or "+" in name:
        context = replace(context, components=expand([name], context)[1])
        name = COMBINED
    entry = find_plugins(GROUP).entries.get(name)
    if entry is None:
        raise SuggesterError("No suggester is named {name!r}. Available: {known}.", name=name, known=", ".join(names()))
    try:
        suggester: Suggester = entry.load()(context)
    except SuggesterError:
        raise
    except Exception as e:
        raise SuggesterError(_broken(entry, e)) from e
    return suggester


def _broken(entry: EntryPoint, error: Exception) -> Message:
    package = entry.dist.name if entry.dist else entry.value
    return Message(
        "Cannot start the suggester {name!r} of the package {package} ({kind}: {why}). Update or remove that package.",
        name=entry.name,
        package=package,
        kind=type(error).__name__,
        why=error,
    )
