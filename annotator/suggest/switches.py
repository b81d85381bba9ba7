"""The user's switches of suggesters: which ones run by default.

They are in a file of the model folder, so that the window and the commands use the same.
"""

from __future__ import annotations

import json
from pathlib import Path

from annotator.atomic_file import replace_file
from annotator.errors import SuggesterError
from annotator.suggest.model_folders import default_models

SWITCHES = "switches.json"


def read_switches(models: Path | None = None) -> dict[str, bool]:
    """Return which suggesters the user switched on or off, by name; models is by default the user's model folder.

    A damaged or missing file has no switches: suggestions then come as from a new installation.
    """
    path = (models or default_models()) / SWITCHES
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: is_on for name, is_on in found.items() if isinstance(is_on, bool)}


def set_switch(name: str, is_on: bool, models: Path | None = None) -> None:
    """Switch a suggester on or off; raises SuggesterError if the file cannot be written."""
    path = (models or default_models()) / SWITCHES
    switches = {**read_switches(models), name: is_on}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replace_file(path) as new:
            new.write_text(json.dumps(switches, indent=2, sort_keys=True), encoding="utf-8")
    except OSError as e:
        raise SuggesterError(
            "Cannot write {path}: {why}. Check your permission to write.", path=path, why=e.strerror
        ) from e
