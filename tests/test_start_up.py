"""What no program loads before it is needed, seen in processes of their own: other tests of this one may load it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

HEAVY = (
    "onnx",
    "onnxruntime",
    "tokenizers",
    "pandas",
    "matplotlib",
    "spacy",
    "pyarrow",
    "trafilatura",
    "feedparser",
    "lxml",
    "camel_tools.utils.charsets",
)


@pytest.mark.parametrize(
    "module", ["annotator.cli", "annotator.services.exporting.export", "annotator.ui.window.main_window"]
)
def test_importing_loads_nothing_that_only_some_formats_need(module: str) -> None:
    code = f"import {module}, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
