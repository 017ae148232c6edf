"""Draw the figures of the items on responsible AI: python figure_scripts/draw_responsible.py [OUTPUT_FOLDER]."""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

OUTPUT = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures"
BLUE, ORANGE, GREY = "#0b3d91", "#c84e00", "#444444"


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


def calibration_by_campus() -> None:
    """Calibration curves of two campuses."""
    figure, axes = panel("score", "share that left")
    score = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=3, linestyle=":")
    axes.plot(score, [0.11, 0.19, 0.30, 0.41, 0.50, 0.59, 0.71, 0.80, 0.89], "--", color=BLUE, linewidth=4)
    axes.plot(score, [0.08, 0.16, 0.30, 0.50, 0.68, 0.78, 0.86, 0.92, 0.96], color=ORANGE, linewidth=4)
    axes.text(0.78, 0.66, "North", color=BLUE, weight="bold")
    axes.text(0.42, 0.76, "South", color=ORANGE, weight="bold")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    save(figure, "responsible-calibration-by-campus")


def attribution() -> None:
    """Shapley values of one application."""
    figure, axes = panel("contribution to the log-odds", "")
    names = ["age", "tenure", "income", "late payments", "debt ratio"]
    values = [0.2, -0.3, -0.4, 0.6, 1.1]
    bars = axes.barh(names, values, color=[ORANGE if v > 0 else BLUE for v in values], height=0.6)
    for bar, hatch in zip(bars, ["" if v > 0 else "//" for v in values], strict=True):
        bar.set_hatch(hatch)
    for n, v in enumerate(values):
        axes.text(v + (0.05 if v > 0 else -0.05), n, f"{v:+.1f}", va="center", ha="left" if v > 0 else "right")
    axes.axvline(0, color=GREY, linewidth=3)
    axes.set_xlim(-0.9, 1.5)
    axes.set_title("base value −1.2, output 0.0")  # noqa: RUF001
    save(figure, "responsible-attribution")


if __name__ == "__main__":
    for draw in (calibration_by_campus, attribution):
        draw()
