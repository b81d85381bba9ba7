"""stats.json: the figures of a corpus as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator import __version__
from annotator.domain.corpus.statistics import balance, combined, count_by_side, documents_by_period
from annotator.services.corpus.facts import DatasetInfo, display_pair
from annotator.services.project.agreement import PairAgreement


def stats(
    facts: DatasetInfo, agreement: Mapping[tuple[str, str], PairAgreement], shares: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    """Return the figures as plain values."""
    figures, whole, plan = facts.figures, combined(facts.figures), facts.plan
    measured = balance(figures, {side: plan.share(side) for side in figures})
    names = sorted(whole.entities, key=lambda name: (-whole.entities[name], name))
    return {
        "program": f"annotator {__version__}",
        "name": facts.name,
        "format": facts.format,
        "licence": facts.licence or None,
        "tagset": facts.tagset.name,
        "documents": count_by_side(figures, "documents"),
        "documents_with_entities": count_by_side(figures, "annotated"),
        "tokens": count_by_side(figures, "tokens"),
        "characters": count_by_side(figures, "characters"),
        "entities": {**{s.value: f.entities.total() for s, f in figures.items()}, "all": whole.entities.total()},
        "entities_by_label": {
            name: {**{s.value: f.entities[name] for s, f in figures.items()}, "all": whole.entities[name]}
            for name in names
        },
        "entities_by_length_in_tokens": {str(n): whole.lengths[n] for n in sorted(whole.lengths)},
        "documents_by_date": {
            name: {side.value: count for side, count in counts.items()}
            for name, counts in documents_by_period(figures).items()
        },
        "documents_without_date": whole.undated,
        "documents_by_source": {source: whole.sources[source] for source in sorted(whole.sources)},
        "split": {
            "by": plan.by.value,
            "seed": plan.seed,
            "parts": {side.value: part for side, part in plan.parts.items()},
            "documents_on_no_side": len(facts.splitting.split.left_out),
            "documents_with_near_duplicates": facts.splitting.alike,
            "near_duplicates_on_different_sides": len(facts.splitting.leaks),
            "label_difference_mean": round(measured.mean, 6) if measured else None,
            "label_difference_worst": round(measured.worst, 6) if measured else None,
        },
        "annotators": {who: {"documents": documents, "spans": spans} for who, (documents, spans) in shares.items()},
        "agreement": [
            {
                "annotators": list(display_pair(facts, pair)),
                "documents": found.documents,
                "span_f1": _rounded(found.f1),
                "token_kappa": _rounded(found.kappa),
            }
            for pair, found in agreement.items()
        ],
        "pseudonymised": list(facts.pseudonyms.labels) if facts.pseudonyms else [],
    }


def _rounded(value: float | None) -> float | None:
    """Return a share to six digits."""
    return None if value is None else round(value, 6)
