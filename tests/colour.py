"""What the eye makes of a colour, as the program itself reckons it; its reference values are checked by the tests."""

from __future__ import annotations

from annotator.domain.tagset.color import VISIONS, Lab, blend, contrast, difference, lab

__all__ = ["VISIONS", "Lab", "blend", "contrast", "difference", "lab"]
