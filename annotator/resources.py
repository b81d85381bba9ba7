"""Bundled files: resource() is the only way to reach resources/."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import ResourceError

_HERE = Path(__file__).resolve().parent
_ROOTS = (_HERE / "data", _HERE.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of a bundled file or folder.

    The wheel has resources/ as annotator/data, a checkout next to the package. Raises ResourceError if it is in
    neither, which means that the installation is broken.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceError(
        "The bundled resource {steps} is missing. Reinstall annotator.",
        steps="/".join(parts),
    )
