"""The figures of the items on classical machine learning: `python figure_scripts/draw_classical.py [OUTPUT_FOLDER]` writes them."""

import sys
from pathlib import Path
from statistics import NormalDist

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import dendrogram
from sklearn.cluster import KMeans
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression, lasso_path
from sklearn.metrics import silhouette_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

DARK, RED, BLUE, GREEN, OCHRE = "#222222", "#c0272d", "#1f4e9c", "#1b7f3b", "#a86400"


def canvas() -> tuple[Figure, Axes]:
    """Return an empty figure of 800 x 500 pixels with large letters."""
    plt.rcParams.update({"font.size": 18, "axes.linewidth": 2, "savefig.dpi": 100, "axes.edgecolor": DARK})
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    return figure, axes


def residual_laws(fitted: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return for each panel where residuals lie on average and their standard deviation, over costs from 12 to 110."""
    centred = (fitted - 61) / 49
    nothing = np.zeros_like(fitted)
    return [
        (nothing, (122 - fitted) / 14),
        (9 * (centred**2 - 1 / 3), nothing + 2.5),
        (nothing, nothing + 4.9),
        (nothing, fitted / 14),
    ]


def residuals() -> Figure:
    """Return the residuals of four lines that were fitted by least squares."""
    rng = np.random.default_rng(4)
    fitted = np.linspace(12, 110, 80)
    line = np.column_stack([np.ones_like(fitted), fitted])
    # Each tenth of the costs has quantiles from all over the normal distribution, so that 80 rows show their law.
    normal = np.array([NormalDist().inv_cdf((rank + 0.5) / fitted.size) for rank in range(fitted.size)]).reshape(8, 10)
    plt.rcParams.update({"font.size": 18, "axes.linewidth": 2, "savefig.dpi": 100, "axes.edgecolor": DARK})
    figure, panels = plt.subplots(2, 2, figsize=(8, 5.6), layout="constrained", sharex=True, sharey=True)
    for number, (axes, law) in enumerate(zip(panels.flat, residual_laws(fitted), strict=True), start=1):
        actual = law[0] + law[1] * rng.permuted(normal[:, rng.permutation(10)], axis=0).T.ravel()
        left = actual - line @ np.linalg.lstsq(line, actual, rcond=None)[0]
        axes.scatter(fitted, left, s=36, color=BLUE)
        axes.axhline(0, color=DARK, linewidth=3)
        axes.set(ylim=(-21, 21), xticks=[20, 60, 100], yticks=[-20, -10, 0, 10, 20])
        axes.set_title(f"Panel {number}", fontsize=18)
    figure.supxlabel("fitted (1,000 €)", fontsize=18)
    figure.supylabel("residual (1,000 €)", fontsize=18)
    return figure


# Rows of SciPy's linkage matrix: two clusters, height, size; leaves are 0 to 7, merges 8 and on.
MERGES = np.array(
    [
        [0, 1, 1.0, 2],
        [3, 4, 1.5, 2],
        [2, 9, 2.2, 3],
        [5, 6, 2.8, 2],
        [8, 10, 4.6, 5],
        [11, 7, 5.4, 3],
        [12, 13, 7.5, 8],
    ]
)


def merges() -> Figure:
    """Return the dendrogram of eight branches, A to H."""
    figure, axes = canvas()
    with mpl.rc_context({"lines.linewidth": 4}):
        dendrogram(MERGES, labels=list("ABCDEFGH"), ax=axes, color_threshold=0, above_threshold_color=DARK)
    axes.tick_params(axis="x", labelsize=22)
    axes.set(ylabel="height of the merge", yticks=range(9), ylim=(0, 8))
    axes.grid(axis="y", linewidth=1)
    return figure


def nested_groups() -> np.ndarray:
    """Return 480 rows of two columns: two clouds of four knots each."""
    rng = np.random.default_rng(12)
    knots = [(x + dx, y + dy) for x, y in ((0, 0), (15, 3)) for dx in (0, 4) for dy in (0, 4)]
    return np.concatenate([rng.normal(knot, 0.6, (60, 2)) for knot in knots])


def silhouettes_by_k() -> dict[int, float]:
    """Return k to the mean silhouette of k-means on the nested groups."""
    rows = nested_groups()
    return {
        k: float(silhouette_score(rows, KMeans(k, n_init=20, random_state=0).fit_predict(rows))) for k in range(2, 10)
    }


def silhouettes() -> Figure:
    """Return the mean silhouette over the number of clusters."""
    values = silhouettes_by_k()
    figure, axes = canvas()
    axes.plot(list(values), list(values.values()), color=BLUE, linewidth=4, marker="o", markersize=12)
    axes.set(xlabel="number of clusters k", ylabel="mean silhouette", xticks=list(values), ylim=(0.4, 0.8))
    axes.grid(linewidth=1)
    return figure


NEIGHBOURS = [1, 5, 9, 15, 25, 41, 81, 161]
TRAINING = [0.000, 0.098, 0.113, 0.124, 0.131, 0.140, 0.166, 0.221]
VALIDATION = [0.205, 0.166, 0.149, 0.142, 0.145, 0.150, 0.171, 0.223]


def validation_curve() -> Figure:
    """Return training and validation error of nearest neighbours over k."""
    figure, axes = canvas()
    axes.plot(NEIGHBOURS, VALIDATION, color=RED, linewidth=4, marker="o", markersize=11, label="validation")
    axes.plot(NEIGHBOURS, TRAINING, color=BLUE, linewidth=4, linestyle="--", marker="s", markersize=9, label="training")
    axes.set_xscale("log")
    axes.set_xticks(NEIGHBOURS, [str(k) for k in NEIGHBOURS])
    axes.minorticks_off()
    axes.set(xlabel="neighbours k", ylabel="error rate", ylim=(0, 0.25))
    axes.grid(linewidth=1)
    axes.legend(loc="lower right")
    return figure


OBSERVED = [2.60, 1.70, 1.30, 1.02, 0.48, 0.38, 0.28, 0.24]
PERMUTED = [1.40, 1.27, 1.18, 1.10, 0.97, 0.85, 0.71, 0.52]


def scree() -> Figure:
    """Return the eigenvalues of a correlation matrix and those of permuted columns."""
    figure, axes = canvas()
    ranks = range(1, 9)
    axes.plot(ranks, OBSERVED, color=RED, linewidth=4, marker="o", markersize=12, label="as measured")
    axes.plot(ranks, PERMUTED, color=BLUE, linewidth=4, linestyle="--", marker="s", markersize=9, label="permuted")
    axes.set(xlabel="component", ylabel="eigenvalue", xticks=ranks, ylim=(0, 3))
    axes.grid(linewidth=1)
    axes.legend()
    return figure


PATH_NAMES = ["area", "rooms", "age", "traffic", "floor"]


def path_rows() -> tuple[np.ndarray, np.ndarray]:
    """Return 400 standardised rows of the five columns of PATH_NAMES, and a centred target."""
    rng = np.random.default_rng(7)
    area = rng.normal(size=400)
    rooms = 0.85 * area + np.sqrt(1 - 0.85**2) * rng.normal(size=400)
    age, traffic, floor = rng.normal(size=(3, 400))
    traffic = 0.5 * age + np.sqrt(0.75) * traffic
    x = np.column_stack([area, rooms, age, traffic, floor])
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y = 6 * x[:, 0] - 2.5 * x[:, 1] - 2.4 * x[:, 2] + 0.9 * x[:, 4] + rng.normal(size=400)
    return x, y - y.mean()


def coefficient_path() -> Figure:
    """Return the coefficients of the lasso over the penalty, largest penalty at the left."""
    x, y = path_rows()
    alphas, coefficients, *_ = lasso_path(x, y, alphas=np.geomspace(6, 0.01, 200), tol=1e-10)
    figure, axes = canvas()
    styles = zip(PATH_NAMES, (RED, BLUE, GREEN, DARK, OCHRE), ("-", "--", "-.", ":", (0, (6, 1, 1, 1))), strict=True)
    for row, (name, colour, style) in enumerate(styles):
        axes.plot(alphas, coefficients[row], color=colour, linestyle=style, linewidth=4, label=name)
    axes.set_xscale("log")
    axes.invert_xaxis()
    axes.set_xticks([5, 1, 0.2, 0.05, 0.01], ["5", "1", "0.2", "0.05", "0.01"])
    axes.minorticks_off()
    axes.set(xlabel="penalty α", ylabel="coefficient")
    axes.grid(linewidth=1)
    axes.legend(loc="upper left", fontsize=16)
    return figure


def boundaries() -> Figure:
    """Return the regions of four classifiers on the same rows of two classes."""
    x, y = make_moons(60, noise=0.32, random_state=3)
    models = [
        KNeighborsClassifier(1),
        LogisticRegression(),
        SVC(gamma=0.8, C=2),
        DecisionTreeClassifier(max_depth=3, random_state=0),
    ]
    plt.rcParams.update({"font.size": 18, "axes.linewidth": 2, "savefig.dpi": 100})
    figure, panels = plt.subplots(2, 2, figsize=(8, 5.4), layout="constrained")
    first, second = np.meshgrid(np.linspace(-2.1, 2.6, 300), np.linspace(-1.6, 1.9, 240))
    for number, (axes, model) in enumerate(zip(panels.flat, models, strict=True), start=1):
        region = model.fit(x, y).predict(np.column_stack([first.ravel(), second.ravel()])).reshape(first.shape)
        axes.contourf(first, second, region, levels=[-0.5, 0.5, 1.5], colors=["#f6c9a8", "#bcd6f2"])
        axes.contour(first, second, region, levels=[0.5], colors=[DARK], linewidths=3)
        for label, colour, marker in ((0, RED, "o"), (1, BLUE, "s")):
            axes.scatter(*x[y == label].T, s=34, color=colour, marker=marker)
        axes.set(xticks=[], yticks=[])
        axes.set_title(f"Panel {number}", fontsize=18)
    return figure


WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# Whiskers' ends, quartiles and median of each weekday.
BOXES = [
    (-16, -10, -6, -2, 3),
    (-9, -4, 0, 4, 9),
    (-8, -4, -1, 3, 8),
    (-9, -3, 0, 3, 9),
    (-7, -2, 2, 6, 11),
    (-4, 4, 9, 14, 21),
    (-22, -11, 0, 11, 20),
]


def weekday_boxes() -> Figure:
    """Return a box plot of forecast errors by weekday."""
    figure, axes = canvas()
    stats = [
        {"label": day, "whislo": low, "q1": q1, "med": median, "q3": q3, "whishi": high, "fliers": []}
        for day, (low, q1, median, q3, high) in zip(WEEKDAYS, BOXES, strict=True)
    ]
    line = {"linewidth": 3, "color": DARK}
    axes.bxp(
        stats,
        widths=0.6,
        patch_artist=True,
        boxprops={"facecolor": "#bcd6f2", "linewidth": 3},
        medianprops={"linewidth": 5, "color": RED},
        whiskerprops=line,
        capprops=line,
    )
    axes.axhline(0, color=DARK, linewidth=2, linestyle="--")
    axes.set(ylabel="actual − forecast", yticks=range(-20, 21, 10), ylim=(-25, 25))
    return figure


FIGURES = {
    "classical-residuals": residuals,
    "classical-merges": merges,
    "classical-silhouettes": silhouettes,
    "classical-neighbours": validation_curve,
    "classical-scree": scree,
    "classical-path": coefficient_path,
    "classical-boundaries": boundaries,
    "classical-weekdays": weekday_boxes,
}


def main(folder: Path) -> None:
    """Write each figure as a PNG into the folder."""
    for name, draw in FIGURES.items():
        figure = draw()
        figure.savefig(folder / f"{name}.png", metadata={"Software": None})
        plt.close(figure)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures")
