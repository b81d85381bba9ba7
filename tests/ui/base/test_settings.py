"""What the program remembers is kept in a file that only its owner may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from annotator.ui.base.settings import Settings


def test_the_settings_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "settings" / "window.ini"
        settings = Settings(path)
        settings.set("language", "ar")
        settings.add_recent(tmp_path / "p.annot")
        settings.sync()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert Settings(path).text("language") == "ar"
