"""Label named entities in Arabic security news on your own machine.

annotator.open("news.annot") reads a project; see annotator.api.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.api import Annotation, Corpus, Document, SelectionOptions, UserError, WriteOptions, open

__all__ = ["Annotation", "Corpus", "Document", "SelectionOptions", "UserError", "WriteOptions", "__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return a name of annotator.api, which is imported when it is first used: "import annotator" loads nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from annotator import api

    return getattr(api, name)
