"""Packages that only some formats need, and that only their users install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from annotator.errors import ExportError, InputError
from annotator.program_command import is_stand_alone


def import_optional(module: str, extra: str, error: type[ExportError] | type[InputError]) -> Any:
    """Return a module. Raises the error, which says what to install, if it is missing."""
    try:
        return import_module(module)
    except ImportError as missing:
        fields = {"package": module.partition(".")[0], "extra": extra}
        if issubclass(error, ExportError):  # a sentence by itself; an InputError follows a path
            if is_stand_alone():
                raise ExportError(
                    "This format needs the package {package}, which the stand-alone program does not have. Install "
                    'annotator with Python for it: pip install "annotator[{extra}]".',
                    **fields,
                ) from missing
            raise ExportError(
                'This format needs the package {package}. Install it with: pip install "annotator[{extra}]".', **fields
            ) from missing
        if is_stand_alone():
            raise InputError(
                "this format needs the package {package}, which the stand-alone program does not have. Install "
                'annotator with Python for it: pip install "annotator[{extra}]".',
                **fields,
            ) from missing
        raise InputError(
            'this format needs the package {package}. Install it with: pip install "annotator[{extra}]".', **fields
        ) from missing
