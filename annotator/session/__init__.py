"""The open document and every decision on it, free of Qt.

Session holds the state of the open document, writes one edit for each decision, and notifies its subscribers.
"""

from annotator.domain.review.review_state import ReviewItem
from annotator.session.background_edit import LARGE, BackgroundEdit
from annotator.session.open_document import OpenDocument, Outcome
from annotator.session.session import Session

__all__ = ["LARGE", "BackgroundEdit", "OpenDocument", "Outcome", "ReviewItem", "Session"]
