"""The formats that can be tested here: some need a package that only those install who want the format."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from annotator.formats.registry import writers

NEEDS = {"huggingface": "pyarrow", "parquet": "pyarrow", "spacy": "spacy", "xmi": "cassis"}
"""The package that a writer needs, for those that need one."""

PLAIN = [name for name in sorted(writers()) if name not in NEEDS]
"""The formats that need none."""

FORMATS = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            name in NEEDS and find_spec(NEEDS[name]) is None,
            reason="its package is optional and not installed; make interop installs and tests it",
        ),
    )
    for name in sorted(writers())
]
"""All formats, of which those without their package are skipped."""
