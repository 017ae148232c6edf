"""The figures of the evaluation items: `python figure_scripts/draw_evaluation.py [OUTPUT_FOLDER]` writes them as PNG."""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, RED, GREY = "#0b4f9e", "#c1121f", "#6b6b6b"

# Share of sound cases flagged, share of positives flagged; the marked points of the ROC figure.
ROC_POINTS = {"P": (0.005, 0.40), "Q": (0.010, 0.52), "R": (0.030, 0.75), "S": (0.080, 0.90)}
# Mean score and observed share of positives of each bin.
UNDERCONFIDENT = [(0.20, 0.08), (0.35, 0.25), (0.50, 0.50), (0.65, 0.75), (0.80, 0.92)]
# Leaves, mean error over the folds; the standard error is the same for all.
LEAVES = {2: 0.212, 4: 0.171, 8: 0.151, 16: 0.144, 32: 0.140, 64: 0.147}
STANDARD_ERROR = 0.006
# Thousands of training rows, error rate on them, error rate on the validation rows.
LEARNING = [(2, 0.11, 0.25), (4, 0.14, 0.21), (8, 0.16, 0.19), (16, 0.17, 0.18), (32, 0.17, 0.18)]
# Rows: true class, columns: predicted class.
VEHICLES = ["bus", "tram", "truck", "car"]
CONFUSION = [[70, 2, 18, 10], [12, 36, 2, 0], [6, 2, 62, 30], [24, 0, 8, 368]]
# Recall, precision of model A, precision of model B.
PRECISION_RECALL = [
    (0.2, 0.95, 0.70),
    (0.4, 0.85, 0.66),
    (0.6, 0.62, 0.60),
    (0.8, 0.35, 0.50),
    (0.9, 0.22, 0.38),
    (1.0, 0.10, 0.10),
]


def canvas() -> tuple[Figure, Axes]:
    """Return an empty figure of 800 x 500 pixels with thick lines and large letters."""
    plt.rcParams.update({"font.size": 19, "axes.linewidth": 2.5, "font.family": "DejaVu Sans"})
    figure, axes = plt.subplots(figsize=(8, 5), dpi=100)
    axes.tick_params(width=2.5, length=7)
    return figure, axes


def roc() -> Figure:
    """Return a ROC curve through four marked thresholds."""
    figure, axes = canvas()
    xs = [0, *(100 * x for x, _ in ROC_POINTS.values()), 12]
    ys = [0, *(y for _, y in ROC_POINTS.values()), 0.94]
    axes.plot(xs, ys, color=BLUE, linewidth=4.5)
    for name, (x, y) in ROC_POINTS.items():
        axes.plot(100 * x, y, "o", color=RED, markersize=14)
        axes.annotate(name, (100 * x, y), (100 * x + 0.35, y - 0.11), fontsize=24, fontweight="bold")
    axes.set(xlim=(0, 12), ylim=(0, 1), xlabel="false-positive rate, %", ylabel="recall")
    return figure


def calibration() -> Figure:
    """Return the reliability curve of a network with too little confidence."""
    figure, axes = canvas()
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=3, linestyle="--", label="diagonal")
    axes.plot(*zip(*UNDERCONFIDENT, strict=True), "o-", color=BLUE, linewidth=4.5, markersize=13, label="network")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="mean score of the bin", ylabel="share of positives")
    axes.legend(loc="upper left", fontsize=18)
    return figure


def tree_sizes() -> Figure:
    """Return mean errors over folds, with a standard error to either side."""
    figure, axes = canvas()
    places = range(len(LEAVES))
    axes.errorbar(
        places,
        list(LEAVES.values()),
        yerr=STANDARD_ERROR,
        color=BLUE,
        linewidth=4,
        elinewidth=4,
        capsize=11,
        capthick=4,
        marker="o",
        markersize=12,
    )
    axes.set_xticks(list(places), [str(leaves) for leaves in LEAVES])
    axes.set(ylim=(0.12, 0.23), xlabel="leaves of the tree", ylabel="error")
    return figure


def learning_curve() -> Figure:
    """Return two error rates that have met."""
    figure, axes = canvas()
    rows, training, validation = zip(*LEARNING, strict=True)
    axes.plot(rows, validation, "s--", color=RED, linewidth=4.5, markersize=12, label="validation")
    axes.plot(rows, training, "o-", color=BLUE, linewidth=4.5, markersize=12, label="training")
    axes.set(xlim=(0, 33), ylim=(0, 0.3), xlabel="training rows, thousands", ylabel="error rate")
    axes.legend(loc="lower right", fontsize=19)
    return figure


def confusion() -> Figure:
    """Return the counts of four classes, coloured by their share of the row."""
    figure, axes = canvas()
    counts = np.array(CONFUSION)
    axes.imshow(counts / counts.sum(axis=1, keepdims=True), cmap="Blues", vmin=0, vmax=1.15, aspect="auto")
    for row, col in np.ndindex(counts.shape):
        dark = counts[row, col] / counts[row].sum() > 0.55
        axes.text(
            col, row, str(counts[row, col]), ha="center", va="center", fontsize=26, color="white" if dark else "black"
        )
    axes.set_xticks(range(4), VEHICLES)
    axes.set_yticks(range(4), VEHICLES)
    axes.set(xlabel="predicted", ylabel="true")
    return figure


def precision_recall() -> Figure:
    """Return two precision-recall curves that cross."""
    figure, axes = canvas()
    recall, a, b = (np.array(column) for column in zip(*PRECISION_RECALL, strict=True))
    axes.plot(recall, a, "o-", color=BLUE, linewidth=4.5, markersize=12, label="A")
    axes.plot(recall, b, "s--", color=RED, linewidth=4.5, markersize=12, label="B")
    axes.set(xlim=(0.15, 1.03), ylim=(0, 1), xlabel="recall", ylabel="precision")
    axes.legend(loc="lower left", fontsize=22)
    return figure


FIGURES = {
    "evaluation-roc": roc,
    "evaluation-calibration": calibration,
    "evaluation-tree-sizes": tree_sizes,
    "evaluation-learning-curve": learning_curve,
    "evaluation-confusion": confusion,
    "evaluation-precision-recall": precision_recall,
}


def main() -> None:
    """Write every figure."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        figure = draw()
        figure.tight_layout()
        figure.savefig(folder / f"{name}.png", metadata={"Software": None})
        plt.close(figure)


if __name__ == "__main__":
    main()
