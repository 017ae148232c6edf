"""Draw the figures of the MLOps items: python figure_scripts/draw_mlops.py [OUTPUT_FOLDER]."""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

OUTPUT = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures"
BLUE, ORANGE, GREEN, GREY = "#0b3d91", "#c84e00", "#1b7a3d", "#444444"


def panel(x_label: str, y_label: str) -> tuple[Figure, Axes]:
    """Return a figure of 800 x 500 pixels with large letters."""
    plt.rcParams.update({"font.size": 18, "axes.linewidth": 2, "font.family": "DejaVu Sans"})
    figure, axes = plt.subplots(figsize=(8, 5), dpi=100)
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.tick_params(width=2, length=6)
    axes.grid(color="#dddddd", linewidth=1)
    axes.set_axisbelow(True)
    return figure, axes


def save(figure: Figure, name: str) -> None:
    """Write the picture, the same bytes each time."""
    figure.tight_layout()
    figure.savefig(OUTPUT / f"{name}.png", metadata={"Software": None})
    plt.close(figure)


def batching_wait() -> None:
    """Latency against load for three waits."""
    figure, axes = panel("requests per second, one replica", "p99 latency, ms")
    none = ([0, 100, 200, 250, 280, 300], [18, 19, 26, 50, 80, 120])
    short = ([0, 200, 400, 460, 500, 520], [30, 32, 38, 50, 80, 120])
    long = ([0, 300, 600, 800, 900, 930], [58, 60, 64, 70, 80, 120])
    axes.plot(*none, color=ORANGE, linewidth=4, linestyle="-")
    axes.plot(*short, color=BLUE, linewidth=4, linestyle="--")
    axes.plot(*long, color=GREEN, linewidth=4, linestyle=":")
    axes.text(60, 3, "no wait", color=ORANGE, weight="bold")
    axes.text(350, 14, "10 ms", color=BLUE, weight="bold")
    axes.text(600, 72, "40 ms", color=GREEN, weight="bold")
    axes.axhline(50, color=GREY, linewidth=3)
    axes.text(690, 39, "limit 50 ms", color=GREY)
    axes.set_xlim(0, 1000)
    axes.set_ylim(0, 120)
    save(figure, "mlops-batching-wait")


def phone_variants() -> None:
    """Accuracy against latency of five variants."""
    figure, axes = panel("latency on the phone, ms", "accuracy")
    points = {
        "A, 88 MB": (92, 0.912, "o"),
        "B, 44 MB": (55, 0.910, "s"),
        "C, 23 MB": (37, 0.903, "^"),
        "D, 18 MB": (31, 0.894, "D"),
        "E, 6 MB": (13, 0.871, "v"),
    }
    for name, (x, y, marker) in points.items():
        axes.plot(x, y, marker, markersize=15, color=BLUE)
        right = name.startswith("A")
        axes.text(98 if right else x + 3, y + 0.0025 if right else y - 0.0062, name, ha="right" if right else "left")
    axes.set_xlim(0, 100)
    axes.set_ylim(0.86, 0.92)
    axes.set_yticks([0.86, 0.88, 0.90, 0.92])
    save(figure, "mlops-phone-variants")


def score_shift() -> None:
    """Stability index and precision over 20 weeks."""
    figure, axes = panel("week", "value")
    weeks = list(range(1, 21))
    psi = [0.03, 0.02, 0.03, 0.04, 0.03, 0.02, 0.03, 0.04, 0.10, 0.17, 0.24, 0.28, 0.30, 0.30, 0.29, 0.30, 0.30]
    psi += [0.29, 0.30, 0.30]
    precision = [0.75, 0.74, 0.75, 0.76, 0.75, 0.74, 0.75, 0.75, 0.74, 0.75, 0.76, 0.75, 0.74, 0.75, 0.75, 0.76]
    precision += [0.75, 0.74, 0.75, 0.75]
    axes.plot(weeks, precision, color=BLUE, linewidth=4, linestyle="--")
    axes.plot(weeks, psi, color=ORANGE, linewidth=4)
    axes.axhline(0.2, color=GREY, linewidth=3, linestyle=":")
    axes.axvline(12, color=GREEN, linewidth=3)
    axes.text(1.2, 0.80, "precision", color=BLUE, weight="bold")
    axes.text(13, 0.36, "PSI of score", color=ORANGE, weight="bold")
    axes.text(1.2, 0.22, "PSI limit 0.2", color=GREY)
    axes.text(12.4, 0.54, "release 2.1", color=GREEN, weight="bold")
    axes.set_xlim(1, 20)
    axes.set_xticks([1, 4, 8, 12, 16, 20])
    axes.set_ylim(0, 1)
    save(figure, "mlops-score-shift")


def turbine_sites() -> None:
    """Stability index of three sites over 16 weeks."""
    figure, axes = panel("week", "PSI of vibration energy")
    weeks = list(range(1, 17))
    north = [0.04, 0.03, 0.04, 0.05, 0.04, 0.03, 0.04, 0.05, 0.04, 0.44, 0.46, 0.45, 0.46, 0.44, 0.45, 0.45]
    east = [0.03, 0.04, 0.03, 0.04, 0.05, 0.07, 0.09, 0.11, 0.13, 0.15, 0.17, 0.19, 0.21, 0.22, 0.23, 0.24]
    south = [0.05, 0.04, 0.06, 0.05, 0.04, 0.05, 0.06, 0.05, 0.04, 0.05, 0.06, 0.05, 0.04, 0.05, 0.05, 0.04]
    axes.plot(weeks, north, color=ORANGE, linewidth=4)
    axes.plot(weeks, east, color=BLUE, linewidth=4, linestyle="--")
    axes.plot(weeks, south, color=GREEN, linewidth=4, linestyle=":")
    axes.text(7.2, 0.40, "North", color=ORANGE, weight="bold")
    axes.text(13.2, 0.25, "East", color=BLUE, weight="bold")
    axes.text(13.2, 0.07, "South", color=GREEN, weight="bold")
    axes.set_xlim(1, 16)
    axes.set_xticks([1, 4, 7, 10, 13, 16])
    axes.set_ylim(0, 0.5)
    save(figure, "mlops-turbine-sites")


def first_token() -> None:
    """Time to the first token against load."""
    figure, axes = panel("requests per second, one replica", "time to first token, s")
    rate = [0, 1, 2, 2.5, 3, 3.5, 4, 4.4]
    axes.plot(rate, [0.35, 0.45, 0.7, 1.0, 1.4, 2.0, 3.0, 4.0], color=ORANGE, linewidth=4)
    axes.plot(rate, [0.2, 0.22, 0.3, 0.38, 0.5, 0.7, 1.0, 1.5], color=BLUE, linewidth=4, linestyle="--")
    axes.axhline(2, color=GREY, linewidth=3, linestyle=":")
    axes.text(2.55, 2.9, "95th percentile", color=ORANGE, weight="bold", ha="center")
    axes.text(3.8, 0.35, "mean", color=BLUE, weight="bold")
    axes.text(0.1, 2.1, "limit 2 s", color=GREY)
    axes.set_xlim(0, 5)
    axes.set_ylim(0, 4)
    save(figure, "mlops-first-token")


if __name__ == "__main__":
    for draw in (batching_wait, phone_variants, score_shift, turbine_sites, first_token):
        draw()
