"""Draw the figures of the data items: `python figure_scripts/draw_data.py [OUTPUT_FOLDER]`.

They are read in terminals, so lines are thick, letters large and the ground is light.
"""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

VALUES, INPUTS, TARGETS, STRIDE = 24, 8, 4, 3


def draw_windows(path: Path) -> None:
    """Draw how examples of inputs and targets are cut from a series."""
    figure, axes = plt.subplots(figsize=(8, 5), dpi=100)
    for place in range(VALUES):
        axes.add_patch(Rectangle((place, 3.2), 0.8, 0.6, facecolor="white", edgecolor="black", linewidth=3))
    axes.text(0, 4.05, "series", fontsize=20)
    for row in range(3):
        start, low = row * STRIDE, 2.0 - row
        axes.add_patch(Rectangle((start, low), INPUTS - 0.2, 0.6, facecolor="tab:blue", edgecolor="black", linewidth=3))
        axes.add_patch(
            Rectangle((start + INPUTS, low), TARGETS - 0.2, 0.6, facecolor="tab:orange", edgecolor="black", linewidth=3)
        )
        axes.text(start + INPUTS / 2, low + 0.28, "inputs", fontsize=18, ha="center", va="center", color="white")
        axes.text(start + INPUTS + TARGETS / 2, low + 0.28, "target", fontsize=18, ha="center", va="center")
        axes.text(start + INPUTS + TARGETS + 0.4, low + 0.28, f"example {row + 1}", fontsize=18, va="center")
    axes.annotate(
        "", xy=(STRIDE, 0.55), xytext=(0, 0.55), arrowprops={"arrowstyle": "<->", "linewidth": 3, "color": "black"}
    )
    axes.text(0, 0.05, "stride", fontsize=18)
    axes.set_xlim(-0.5, VALUES + 0.5)
    axes.set_ylim(-0.4, 4.6)
    axes.axis("off")
    figure.tight_layout()
    figure.savefig(path / "data-windows.png")
    plt.close(figure)


if __name__ == "__main__":
    draw_windows(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures")
