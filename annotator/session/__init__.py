"""The one desk: the open document, what is to decide in it, and the gestures that decide. It knows no window.

Session keeps the state of the open document, writes one edit a gesture, and tells who listens.
"""

from annotator.domain.review.board import Item
from annotator.session.background_edit import LARGE, LargeEdit
from annotator.session.open_document import OpenDocument
from annotator.session.session import Session

__all__ = ["LARGE", "Item", "LargeEdit", "OpenDocument", "Session"]
