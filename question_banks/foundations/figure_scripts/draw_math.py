"""Draws the figures of the items on mathematics. Run: python figure_scripts/draw_math.py [OUTPUT_FOLDER]"""

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.stats import nct, norm, t

plt.rcParams.update(
    {
        "font.size": 18,
        "axes.linewidth": 2.5,
        "lines.linewidth": 4.5,
        "figure.figsize": (8, 5),
        "figure.dpi": 100,
        "axes.grid": True,
        "grid.color": "#c8c8c8",
        "grid.linewidth": 1.5,
        "svg.hashsalt": "math",
    }
)
BLUE, RED, GREEN = "#0b3d91", "#b3261e", "#1b6e2c"


def save(figure, folder: Path, name: str) -> None:
    figure.tight_layout()
    figure.savefig(folder / f"{name}.png", metadata={"Software": None})
    plt.close(figure)


def ellipse(folder: Path) -> None:
    """Half-axes of length 3 along (1, -1) and of length 1 along (1, 1), about the mean (10, 20)."""
    angle = np.linspace(0, 2 * np.pi, 400)
    long, short = np.array([1, -1]) / np.sqrt(2), np.array([1, 1]) / np.sqrt(2)
    points = 3 * np.cos(angle)[:, None] * long + np.sin(angle)[:, None] * short + [10, 20]
    figure, axes = plt.subplots(figsize=(6.4, 5.6))
    axes.plot(*points.T, color=BLUE, linewidth=5)
    for direction, length, colour in ((long, 3, RED), (short, 1, GREEN)):
        end = np.array([10, 20]) + length * direction
        axes.plot([10, end[0]], [20, end[1]], color=colour, linewidth=5)
    axes.text(11.4, 19.0, "3", color=RED, fontsize=26, fontweight="bold")
    axes.text(9.75, 20.55, "1", color=GREEN, fontsize=26, fontweight="bold")
    axes.set(xlim=(7, 13), ylim=(17, 23), xlabel="x₁", ylabel="x₂", aspect="equal")
    save(figure, folder, "math-ellipse")


def slope(folder: Path) -> None:
    """A derivative: up through zero at 1, down at 4, touching from below at 6.5."""
    curve = PchipInterpolator([0, 1, 2.5, 4, 5.2, 6.5, 8], [-2, 0, 1.5, 0, -1.3, 0, -1.6])
    w = np.linspace(0, 8, 500)
    figure, axes = plt.subplots()
    axes.axhline(0, color="black", linewidth=3)
    axes.plot(w, curve(w), color=BLUE, linewidth=6)
    axes.set(xlim=(0, 8), ylim=(-2.1, 2), xlabel="w", ylabel="f′(w)", xticks=range(9))
    save(figure, folder, "math-slope")


def latency(folder: Path) -> None:
    """Two distribution functions that cross: normal logarithms, medians 150 and 200."""
    ms = np.linspace(1, 800, 600)
    figure, axes = plt.subplots()
    axes.plot(ms, norm.cdf(np.log(ms / 200) / 0.25), color=BLUE, linewidth=6, label="service A")
    axes.plot(ms, norm.cdf(np.log(ms / 150) / 0.8), color=RED, linewidth=6, linestyle="--", label="service B")
    axes.set(xlim=(0, 800), ylim=(0, 1.01), xlabel="latency in ms", ylabel="share up to there")
    axes.legend(loc="lower right")
    save(figure, folder, "math-latency")


def power_of(effect: float, size: np.ndarray) -> np.ndarray:
    """Return the power of the two-sided t-test at 5 % with `size` cases in each of two arms."""
    free, shift = 2 * size - 2, effect * np.sqrt(size / 2)
    bound = t.ppf(0.975, free)
    return nct.sf(bound, free, shift) + nct.cdf(-bound, free, shift)


def power(folder: Path) -> None:
    size = np.arange(5, 601, 5)
    figure, axes = plt.subplots()
    styles = ((0.5, GREEN, ":"), (0.3, RED, "--"), (0.2, BLUE, "-"))
    for effect, colour, style in styles:
        axes.plot(size, power_of(effect, size), color=colour, linestyle=style, linewidth=6, label=f"d = {effect}")
    axes.set(xlim=(0, 600), ylim=(0, 1.01), xlabel="cases in each arm", ylabel="power")
    axes.legend(loc="lower right")
    save(figure, folder, "math-power")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures"
    for draw in (ellipse, slope, latency, power):
        draw(target)
