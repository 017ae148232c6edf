import pytest


@pytest.fixture
def discount():
    return 0.5
