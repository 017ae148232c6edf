"""The figures of the cases: `python figure_scripts/draw_cases.py [OUTPUT_FOLDER]` writes them as PNG."""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

EPOCHS = [1, 5, 10, 15, 20, 25, 30]
# Mean loss after the epochs above: as logged in training, of the same pictures as they are, and of held-out frames.
LOGGED = [0.62, 0.50, 0.43, 0.39, 0.36, 0.34, 0.33]
AS_THEY_ARE = [0.52, 0.34, 0.22, 0.14, 0.09, 0.06, 0.05]
HELD_OUT = [0.54, 0.38, 0.29, 0.24, 0.22, 0.22, 0.22]


def weld_training() -> Figure:
    """Return three losses over thirty epochs."""
    plt.rcParams.update({"font.size": 19, "axes.linewidth": 2.5, "font.family": "DejaVu Sans"})
    figure, axes = plt.subplots(figsize=(8, 5), dpi=100)
    axes.tick_params(width=2.5, length=7)
    axes.plot(EPOCHS, LOGGED, ":", color="#1b1b1b", linewidth=5, label="training, as logged")
    axes.plot(EPOCHS, HELD_OUT, "--", color="#c1121f", linewidth=5, label="held-out frames")
    axes.plot(EPOCHS, AS_THEY_ARE, "-", color="#0b4f9e", linewidth=5, label="training, plain pictures")
    axes.set(xlim=(0, 31), ylim=(0, 0.75), xlabel="epoch", ylabel="loss")
    axes.legend(loc="upper right", fontsize=17)
    return figure


def main() -> None:
    """Write every figure."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    figure = weld_training()
    figure.tight_layout()
    figure.savefig(folder / "weld-training.png", metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
