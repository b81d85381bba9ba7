"""What the tests of the suggesters share: a small model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.model_maker import write_small_model


@pytest.fixture(scope="session")
def small_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a model folder that holds a small model of the real one's kind."""
    return write_small_model(tmp_path_factory.mktemp("models"))
