from collections.abc import Iterator

import pytest

from examengine.bank.bank import Exercise
from examengine.delivery.grade_submission import open_exercise
from examengine.grading.grade import GradingService
from notebooks.made import TEMPERATURES


@pytest.fixture(scope="module")
def service() -> Iterator[GradingService]:
    with GradingService() as made:
        yield made


@pytest.fixture(scope="module")
def temperatures() -> Exercise:
    return open_exercise(TEMPERATURES)
