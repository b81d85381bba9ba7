"""The pixels of an image as an array: asking Qt for one at a time takes seconds for a window."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def pixels(image: QImage) -> NDArray[np.uint32]:
    """Return the pixels as 0xAARRGGBB, as QImage.pixel() has them, in an array of height × width."""
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()
