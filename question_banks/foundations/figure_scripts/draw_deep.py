"""Draw the figures of the items on deep learning: `python figure_scripts/draw_deep.py [OUTPUT_FOLDER]`.

They are read in terminals, so lines are thick, letters large and the ground is light. Curves come from small
simulations with fixed seeds.
"""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

VALIDATION = (0.90, 0.71, 0.60, 0.54, 0.56, 0.55, 0.50, 0.52, 0.51, 0.53, 0.47, 0.49)
"""The validation losses of the epochs from 1 on."""


def blank() -> tuple[Figure, Axes]:
    """Return an empty figure of 800 by 500 pixels with large letters."""
    figure, axes = plt.subplots(figsize=(8, 5), dpi=100)
    axes.tick_params(labelsize=16, width=2)
    for spine in axes.spines.values():
        spine.set_linewidth(2)
    return figure, axes


def finish(figure: Figure, path: Path) -> None:
    """Write the figure and let go of it."""
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


def losses_of(rate: float, steps: int, seed: int) -> np.ndarray:
    """Return the losses of noisy gradient descent on a bowl with curvatures from 0.05 to 2."""
    random = np.random.default_rng(seed)
    curvature = np.linspace(0.05, 2, 20)
    weights = np.full(20, 0.48)
    losses = []
    for _ in range(steps):
        losses.append(float((curvature * weights**2).sum() / 2))
        weights = weights - rate * (curvature * weights + random.normal(0, 0.3, 20))
    return np.array(losses)


def draw_rates(folder: Path) -> None:
    """Draw the training losses of four constant learning rates."""
    figure, axes = blank()
    steps = 100
    runs = (
        ("R", 0.004, "tab:green", "-"),
        ("P", 0.06, "tab:blue", "--"),
        ("S", 0.6, "tab:purple", ":"),
        ("Q", 1.1, "tab:red", "-."),
    )
    for name, rate, colour, style in runs:
        curve = losses_of(rate, steps, 5)
        if name == "Q":
            above = int(np.argmax(curve > 4))
            shown = curve[: above + 1]
        else:
            shown = np.array([curve[max(0, step - 7) : step + 1].mean() for step in range(steps)])
        axes.plot(np.arange(len(shown)), shown, style, color=colour, linewidth=4)
        if name == "Q":
            axes.text(len(shown) + 1, 3.4, name, fontsize=22, color=colour)
        else:
            axes.text(steps + 1, {"R": 1.0, "P": 0.12, "S": 0.5}[name], name, fontsize=22, color=colour, va="center")
    axes.set_xlim(0, steps + 8)
    axes.set_ylim(0, 4)
    axes.set_xlabel("step", fontsize=18)
    axes.set_ylabel("training loss", fontsize=18)
    finish(figure, folder / "deep-four-rates.png")


def draw_schedule(folder: Path) -> None:
    """Draw a learning rate that rises in a straight line and falls along half a cosine."""
    figure, axes = blank()
    warm, total = 0.15, 1.0
    fall = np.linspace(warm, total, 200)
    rates = (1 + np.cos(np.pi * (fall - warm) / (total - warm))) / 2
    axes.plot([0, *fall], [0, *rates], color="tab:blue", linewidth=4)
    axes.axvline(warm, color="black", linestyle="--", linewidth=3)
    axes.set_xticks([0, warm, total], ["0", "W", "T"], fontsize=20)
    axes.set_yticks([0, 1], ["0", "peak"], fontsize=20)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.1)
    axes.set_xlabel("step", fontsize=18)
    axes.set_ylabel("learning rate", fontsize=18)
    finish(figure, folder / "deep-warmup-cosine.png")


def draw_gap(folder: Path) -> None:
    """Draw a validation loss that stays below the training loss."""
    figure, axes = blank()
    epochs = np.arange(1, 41)
    training = 0.55 + 0.95 * np.exp(-epochs / 6)
    validation = 0.32 + 0.88 * np.exp(-epochs / 6)
    axes.plot(epochs, training, "-", color="tab:blue", linewidth=4)
    axes.plot(epochs, validation, "--", color="tab:red", linewidth=4)
    axes.text(22, 0.62, "training", fontsize=20, color="tab:blue")
    axes.text(22, 0.38, "validation", fontsize=20, color="tab:red")
    axes.set_xlim(0, 41)
    axes.set_ylim(0, 1.5)
    axes.set_xlabel("epoch", fontsize=18)
    axes.set_ylabel("loss", fontsize=18)
    finish(figure, folder / "deep-validation-below.png")


def draw_validation(folder: Path) -> None:
    """Draw the validation losses of twelve epochs, each with its number."""
    figure, axes = blank()
    epochs = range(1, len(VALIDATION) + 1)
    axes.plot(epochs, VALIDATION, "-o", color="tab:blue", linewidth=4, markersize=10)
    for epoch, loss in zip(epochs, VALIDATION, strict=True):
        right = 0.55 if epoch < 4 else 0.0
        low = epoch in (4, 7, 9, 11)
        axes.text(epoch + right, loss + (-0.07 if low else 0.03), f"{loss:.2f}", fontsize=17, ha="center")
    axes.set_xticks(list(epochs))
    axes.set_xlim(0.4, 12.6)
    axes.set_ylim(0.38, 1.0)
    axes.set_xlabel("epoch", fontsize=18)
    axes.set_ylabel("validation loss", fontsize=18)
    finish(figure, folder / "deep-early-stopping.png")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures"
    draw_rates(target)
    draw_schedule(target)
    draw_gap(target)
    draw_validation(target)
