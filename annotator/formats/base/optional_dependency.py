"""Packages that only some formats need, and that are installed by those who want these formats."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from annotator.errors import ExportError, InputError


def import_optional(module: str, extra: str, error: type[ExportError] | type[InputError]) -> Any:
    """Return a module; raises the error, which says what to install, where it is not there."""
    try:
        return import_module(module)
    except ImportError as missing:
        package = module.partition(".")[0]
        if issubclass(error, ExportError):  # which stands by itself, and what is wrong with a file behind its path
            raise ExportError(
                "The format needs the package {package}, which is not installed; install it with: "
                'pip install "annotator[{extra}]".',
                package=package,
                extra=extra,
            ) from missing
        raise InputError(
            "the format needs the package {package}, which is not installed; install it with: "
            'pip install "annotator[{extra}]".',
            package=package,
            extra=extra,
        ) from missing
