"""Packages that only some formats need, and that only their users install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from annotator.errors import ExportError, InputError


def import_optional(module: str, extra: str, error: type[ExportError] | type[InputError]) -> Any:
    """Return a module. Raises the error, which says what to install, if it is missing."""
    try:
        return import_module(module)
    except ImportError as missing:
        package = module.partition(".")[0]
        if issubclass(error, ExportError):  # a sentence by itself; an InputError follows a path
            raise ExportError(
                'This format needs the package {package}. Install it with: pip install "annotator[{extra}]".',
                package=package,
                extra=extra,
            ) from missing
        raise InputError(
            'this format needs the package {package}. Install it with: pip install "annotator[{extra}]".',
            package=package,
            extra=extra,
        ) from missing
