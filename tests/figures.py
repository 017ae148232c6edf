"""The figures of the test corpus, as a form carries them."""

from pathlib import Path

from examengine.bank.figure import Figure, figure_of

FOLDER = Path(__file__).parent / "corpora" / "figures"
ROC_WORDS = "ROC curves of models A and B; A lies above B everywhere"
ROC_STEM = (
    f"The plot shows the ROC curves of two models.\n\n![{ROC_WORDS}](figures/roc.png)\n\nWhich model ranks better?"
)


def corpus_figure(file: str, name: str = "", bank: str = "demo") -> Figure:
    """Return a picture of the corpus under a name of a bank, whatever its bytes hold."""
    found = figure_of(bank, name or f"figures/{file}", (FOLDER / file).read_bytes())
    assert found is not None
    return found
