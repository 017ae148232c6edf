import numpy as np
import pytest
from solution import calibration_error, softmax


def two_classes(*first):
    """Rows of probabilities of two classes from those of the first."""
    return np.array([[p, 1.0 - p] for p in first])


def test_probabilities_of_known_logits():
    logits = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 4.0]])
    np.testing.assert_allclose(softmax(logits), [[0.125, 0.25, 0.625], [0.3, 0.3, 0.4]], atol=1e-12)
    np.testing.assert_allclose(softmax(np.array([[7.0], [-2.0]])), [[1.0], [1.0]])


def test_each_row_stands_for_itself():
    logits = np.log([[1.0, 3.0, 4.0], [2.0, 2.0, 4.0], [6.0, 1.0, 3.0]])
    logits += np.array([[5.0], [-3.0], [0.0]])
    expected = [[0.125, 0.375, 0.5], [0.25, 0.25, 0.5], [0.6, 0.1, 0.3]]
    np.testing.assert_allclose(softmax(logits), expected, atol=1e-12)


def test_logits_of_any_size():
    logits = np.array(
        [
            [1000.0, 1000.0 + np.log(3.0)],
            [-50000.0, -50000.0],
            [0.0, 2000.0],
            [-745.0, -745.0 - np.log(4.0)],
        ]
    )
    expected = [[0.25, 0.75], [0.5, 0.5], [0.0, 1.0], [0.8, 0.2]]
    np.testing.assert_allclose(softmax(logits), expected, atol=1e-9)


def test_a_class_that_is_ruled_out_has_probability_zero():
    logits = np.array([[0.0, -np.inf, np.log(3.0)], [-np.inf, -np.inf, -2.0]])
    probabilities = softmax(logits)
    np.testing.assert_allclose(probabilities, [[0.25, 0.0, 0.75], [0.0, 0.0, 1.0]], atol=1e-12)
    assert probabilities[0, 1] == 0.0


def test_whole_numbers_are_accepted_and_stay_unchanged():
    whole = np.array([[1, 1, 1, 1], [0, 0, 0, -800]])
    probabilities = softmax(whole)
    assert str(probabilities.dtype) == "float64"
    np.testing.assert_allclose(probabilities, [[0.25] * 4, [1 / 3, 1 / 3, 1 / 3, 0.0]], atol=1e-12)
    np.testing.assert_array_equal(whole, [[1, 1, 1, 1], [0, 0, 0, -800]])
    floats = np.array([[2.0, 4.0], [6.0, 8.0]])
    softmax(floats)
    np.testing.assert_array_equal(floats, [[2.0, 4.0], [6.0, 8.0]])
    short = softmax(np.array([[0.0, 1.0]], dtype=np.float32))
    assert str(short.dtype) == "float64"
    np.testing.assert_allclose(short, [[1 / (1 + np.e), np.e / (1 + np.e)]], atol=1e-12)


def test_bins_are_weighted_by_their_rows():
    probabilities = two_classes(0.95, 0.92, 0.65, 0.68, 0.62, 0.55)
    labels = np.array([0, 1, 0, 0, 1, 0])
    # (0.9, 1]: 2 rows, 0.5 against 0.935; (0.6, 0.7]: 3 rows, 2/3 against 0.65;
    # (0.5, 0.6]: 1 row, 1 against 0.55.
    expected = (2 * 0.435 + 3 * (2 / 3 - 0.65) + 1 * 0.45) / 6
    assert calibration_error(probabilities, labels) == pytest.approx(expected)
    assert calibration_error(two_classes(0.75), np.array([0])) == pytest.approx(0.25)


def test_gaps_of_different_sign_do_not_cancel():
    probabilities = two_classes(0.9, 0.9, 0.6, 0.6)
    labels = np.array([0, 1, 0, 0])
    assert calibration_error(probabilities, labels, n_bins=4) == pytest.approx(0.4)
    assert calibration_error(probabilities, labels, n_bins=1) == pytest.approx(0.0, abs=1e-12)


def test_a_confidence_on_an_edge_belongs_to_the_lower_bin():
    probabilities = np.array(
        [
            [0.75, 0.125, 0.125],
            [0.875, 0.125, 0.0],
            [0.5, 0.25, 0.25],
            [0.125, 0.625, 0.25],
            [0.0, 0.0, 1.0],
        ]
    )
    labels = np.array([0, 1, 2, 1, 2])
    # (0.25, 0.5]: 0 of 1, 0.5; (0.5, 0.75]: 2 of 2, 1.375; (0.75, 1]: 1 of 2, 1.875.
    expected = (0.5 + (2 - 1.375) + (1.875 - 1)) / 5
    assert calibration_error(probabilities, labels, n_bins=4) == pytest.approx(expected)
    # (0, 0.25]: 1 of 1, 0.25; (0.25, 0.5]: 0 of 1, 0.5.
    probabilities = np.array([[0.25, 0.25, 0.25, 0.25], [0.5, 0.25, 0.25, 0.0]])
    expected = (0.75 + 0.5) / 2
    assert calibration_error(probabilities, np.array([0, 1]), n_bins=4) == pytest.approx(expected)


def test_the_confidence_is_that_of_the_predicted_class():
    probabilities = np.array(
        [
            [0.1, 0.6, 0.3],
            [0.7, 0.2, 0.1],
            [0.3, 0.3, 0.4],
            [0.4, 0.4, 0.2],
        ]
    )
    labels = np.array([2, 0, 0, 1])
    # With five bins: (0.4, 0.6]: 0.6 wrong; (0.6, 0.8]: 0.7 right; (0.2, 0.4]: 0.4 twice, wrong.
    expected = (0.6 + 0.3 + 0.8) / 4
    assert calibration_error(probabilities, labels, n_bins=5) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("probabilities", "labels", "n_bins"),
    [
        (np.empty((0, 2)), np.array([], dtype=int), 10),
        (two_classes(0.7, 0.6), np.array([0]), 10),
        (two_classes(0.7, 0.6), np.array([0, 2]), 10),
        (two_classes(0.7, 0.6), np.array([-1, 0]), 10),
        (two_classes(0.7, 0.6), np.array([0, 1]), 0),
    ],
    ids=["no rows", "lengths", "label too high", "label below 0", "no bins"],
)
def test_unusable_arguments_raise(probabilities, labels, n_bins):
    with pytest.raises(ValueError):
        calibration_error(probabilities, labels, n_bins)
