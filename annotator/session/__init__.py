"""The one desk: the open document, what is to decide in it, and the gestures that decide. It knows no window.

Session keeps the state of the open document, writes one edit a gesture, and tells who listens.
"""

from annotator.domain.board import Item
from annotator.session.gestures import Session
from annotator.session.large_edit import LARGE, LargeEdit
from annotator.session.open_document import OpenDocument

__all__ = ["LARGE", "Item", "LargeEdit", "OpenDocument", "Session"]
