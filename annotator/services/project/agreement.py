"""Agreement of each two annotators of a project, over the documents that both have finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations, islice

from annotator.domain.corpus.agreement import SpanAgreement, kappa, span_agreement, token_tags
from annotator.storage.project import Project
from annotator.team.adjudication import voters
from annotator.text.token_counts import content_tokens

_CHUNK = 100


@dataclass(slots=True)
class PairAgreement:
    """The agreement of two annotators, over a number of documents."""

    documents: int = 0
    spans: SpanAgreement = field(default_factory=SpanAgreement)
    tags: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def f1(self) -> float | None:
        """Return the micro-F1 of their spans, as SpanAgreement.f1 does."""
        return self.spans.f1

    @property
    def kappa(self) -> float | None:
        """Return Cohen's kappa of their token tags, as agreement.kappa() does."""
        return kappa(self.tags.elements())


def pairwise_agreement(
    project: Project, document_ids: Iterable[str], people: Collection[str] = ()
) -> dict[tuple[str, str], PairAgreement]:
    """Return the agreement of each two annotators, by their ids, over some documents.

    In each document, those are compared who marked it as done, or, if nobody did, those who worked on it. What counts
    is what they labelled themselves, even if something else was settled later. people limits the comparison; () is
    everybody. Page debris does not count.
    """
    found: dict[tuple[str, str], PairAgreement] = {}
    ids = iter(document_ids)
    while chunk := list(islice(ids, _CHUNK)):
        done, verdicts = project.contributions.done(chunk), project.contributions.verdicts(chunk)
        for document_id in chunk:
            given = project.log.annotations(document_id)
            worked = {annotation.annotator for annotation in given} | {who for who, *_ in verdicts.get(document_id, ())}
            both = sorted(who for who in voters(done.get(document_id, set()), worked) if not people or who in people)
            if len(both) < 2:
                continue
            document = project.documents.get(document_id)
            tokens = [token.span for token in content_tokens(document)]
            debris = document.debris()
            spans = {
                who: [
                    (a.span, a.label)
                    for a in given
                    if a.annotator == who and not any(a.span.overlaps(d) for d in debris)
                ]
                for who in both
            }
            tags = {who: token_tags(tokens, own) for who, own in spans.items()}
            for pair in combinations(both, 2):
                one, other = pair
                agreement = found.setdefault(pair, PairAgreement())
                agreement.documents += 1
                agreement.spans += span_agreement(spans[one], spans[other])
                agreement.tags.update(zip(tags[one], tags[other], strict=True))
    return dict(sorted(found.items()))
