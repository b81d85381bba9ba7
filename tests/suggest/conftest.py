"""What the tests of the suggesters share: a small model, and the true one's shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.suggest.model_maker import write_small_model


@pytest.fixture(scope="session")
def small_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model folder that holds a small model of the real one's kind."""
    return write_small_model(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def camel_shapes() -> Path:
    """Return the folder with the real model's configuration and vocabulary, or skip the test."""
    folder = ROOT.parent / "shared" / "camel-ner-config"
    if not folder.is_dir():
        pytest.skip("the real model's configuration is not kept beside this checkout")
    return folder
