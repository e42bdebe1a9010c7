"""The real starter model, loaded once for each file of tests."""

import pytest

from closedmesh.engine.llama.loading import load
from closedmesh.engine.messages import Load


@pytest.fixture(scope="module")
def model(starter_model):
    with load(Load(str(starter_model), 512, 3, 1, low_priority=False)) as models:
        yield models.model


@pytest.fixture(autouse=True)
def empty(request):
    if "model" in request.fixturenames:
        model = request.getfixturevalue("model")
        for sequence in range(model.slots):
            model.forget(sequence)
