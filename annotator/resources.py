"""Where the bundled files are: the one function through which resources/ is reached."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import ResourceError

_HERE = Path(__file__).resolve().parent
_ROOTS = (_HERE / "data", _HERE.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of a bundled file or folder.

    The wheel carries resources/ as annotator/data; a checkout has it beside the package.
    Raises ResourceError where it is in neither, which means a broken installation.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceError(
        "The bundled resource {steps} is missing from this installation; install the program again with: pip "
        "install --force-reinstall annotator",
        steps="/".join(parts),
    )
