"""Whether the packages of the extra annotator[torch] are installed; only CAMeL's process imports them."""

from __future__ import annotations

from importlib.util import find_spec

from annotator.errors import SuggesterError

PACKAGES = ("torch", "transformers", "safetensors")
COMMAND = "pip install 'annotator[torch]' (in a checkout: make torch)"


def has_torch() -> bool:
    """Return True if all packages of the extra are installed, without importing them."""
    return all(find_spec(name) for name in PACKAGES)


def refuse_without_torch() -> None:
    """Raise SuggesterError, with the command that installs PyTorch, if it is not installed."""
    if not has_torch():
        raise SuggesterError(
            "CAMeL Tools needs PyTorch, which is not installed. Install it with: {command}", command=COMMAND
        )
