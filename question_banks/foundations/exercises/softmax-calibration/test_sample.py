import numpy as np
import pytest
from solution import calibration_error, softmax


def test_softmax_of_two_rows():
    logits = np.array([[0.0, 0.0], [0.0, np.log(3.0)]])
    np.testing.assert_allclose(softmax(logits), [[0.5, 0.5], [0.25, 0.75]])


def test_error_of_one_bin():
    # All three confidences lie in (0.8, 0.9]: mean 0.85, two of three right.
    probabilities = np.array([[0.84, 0.16], [0.15, 0.85], [0.86, 0.14]])
    labels = np.array([0, 0, 0])
    assert calibration_error(probabilities, labels) == pytest.approx(0.85 - 2 / 3)
