"""Score the lexicon with and without what was added after reading the development set.

    python -m tests.benchmarks.lexicon_sources --half tune

Entries with the flag "development" were added by hand while looking at the half "tune" of the labelled security
articles, so on that half they say nothing about other texts. "default" is what the editor shows. The grammar's classes
of words keep these entries.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from annotator.domain.review.calibration import DEFAULT_THRESHOLD
from annotator.suggest.lexicon import suggester as lexicon
from annotator.suggest.registry import DEFAULT
from tests.benchmarks.security_scores import HALVES, labelled_articles, scores, table


@contextmanager
def without_development() -> Iterator[int]:
    """Leave out the marked entries of the bundled lexicons; yield how many."""
    entries, digest = lexicon.bundled_entries()
    kept = tuple(entry for entry in entries if lexicon.DEVELOPMENT not in entry.flags)
    with patch.object(lexicon, "bundled_entries", lambda: (kept, digest)):
        yield len(entries) - len(kept)


def main(half: str, names: Sequence[str]) -> None:
    """Print the scores of the suggesters on one half, with and without the marked entries."""
    articles = labelled_articles(half)
    for name in names:
        found, *_ = scores(articles, name, DEFAULT_THRESHOLD)
        print(f"\n{name}, all entries", *table(found), sep="\n")
        with without_development() as left_out:
            found, *_ = scores(articles, name, DEFAULT_THRESHOLD)
        print(f"\n{name}, without {left_out} entries", *table(found), sep="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suggesters", nargs="*", default=["lexicon", DEFAULT])
    parser.add_argument("--half", choices=HALVES, default="tune")
    arguments = parser.parse_args()
    main(arguments.half, arguments.suggesters)
