"""What items of the shipped bank state as computed or as a library's behaviour, computed again by other means."""

from fractions import Fraction

import pytest

from banks.instances import bank_named
from examengine.itemtypes.registry import spec_of


def item(name: str):
    bank = "cmla" if name.startswith(("mlops.", "responsible.")) else "foundations"
    return bank_named(bank).item_named(f"{bank}.{name}")


def key_texts(name: str) -> dict[str, str]:
    """Return gap to the text of its key."""
    return {gap.id: o.text for gap in item(name).gaps for o in gap.options if o.id == gap.key}


def test_each_newer_type_stands_in_the_bank():
    types = {one.type for name in ("cmla", "foundations") for one in bank_named(name).items}
    assert {"yes_no_series", "ordering", "matching", "gap_choice", "short_text"} <= types


def side(size: int, kernel: int, stride: int, padding: int) -> int:
    """Return how many places a window has along one side, by counting them."""
    return len(range(0, size + 2 * padding - kernel + 1, stride))


def test_the_shapes_of_the_small_network():
    told = key_texts("deep.shapes-of-a-small-network")
    half, eighth = side(32, 2, 2, 0), side(16, 5, 2, 2)
    assert side(32, 3, 1, 1) == 32
    assert told["pooled"] == f"16 × {half} × {half}"  # noqa: RUF001
    assert told["second"] == f"32 × {eighth} × {eighth}"  # noqa: RUF001
    assert told["first"] == str(sum(3 * 3 * 3 + 1 for _ in range(16)))
    assert "12,832" in item("deep.shapes-of-a-small-network").text
    assert sum(5 * 5 * 16 + 1 for _ in range(32)) == 12_832
    assert (told["averaged"], told["last"]) == ("32", str(sum(32 + 1 for _ in range(10))))


def test_the_reversal_is_one():
    stem = item("evaluation.reversal-by-queue").stem
    closed = {
        ("old", "easy"): (180, 200),
        ("new", "easy"): (47, 50),
        ("old", "hard"): (20, 50),
        ("new", "hard"): (88, 200),
    }
    for won, of in closed.values():
        assert f"{won} of {of}" in stem
    share = {place: Fraction(*pair) for place, pair in closed.items()}
    assert share["new", "easy"] > share["old", "easy"]
    assert share["new", "hard"] > share["old", "hard"]
    both = {
        who: tuple(map(sum, zip(*(pair for place, pair in closed.items() if place[0] == who), strict=True)))
        for who in ("old", "new")
    }
    assert both == {"old": (200, 250), "new": (135, 250)}
    assert Fraction(*both["new"]) < Fraction(*both["old"])


@pytest.mark.parametrize(
    ("name", "text", "earned"),
    [
        ("evaluation.reversal-by-queue", "Simpson\u2019s paradox", 1),
        ("evaluation.reversal-by-queue", "The Yule\u2013Simpson effect", 1),
        ("evaluation.reversal-by-queue", "yule simpson effect", 1),
        ("evaluation.reversal-by-queue", "Confounding", Fraction(1, 2)),
        ("evaluation.reversal-by-queue", "paradox", 0),
        ("data.keep-class-shares", "stratify = y", 1),
        ("data.keep-class-shares", "stratify=y,", 1),
        ("data.keep-class-shares", "stratify=X", 0),
        ("data.keep-class-shares", "Stratify", 0),
        ("data.keep-class-shares", "shuffle=True", 0),
    ],
)
def test_typed_answers_score_as_their_author_means(name: str, text: str, earned: Fraction):
    one = item(name)
    assert spec_of(one).score(one, spec_of(one).response_model(text=text), None).earned == earned


@pytest.mark.ml
def test_views_and_copies_are_what_numpy_says():
    import numpy as np

    a = np.arange(12)
    for prompt in item("data.view-or-copy").prompts:
        made = eval(prompt.text.strip("`"), {"a": a})
        is_array = isinstance(made, np.ndarray)
        kind = "scalar" if not is_array else "view" if np.shares_memory(a, made) else "copy"
        assert item("data.view-or-copy").key[prompt.id] == kind, prompt.text


@pytest.mark.ml
def test_only_quantities_of_the_order_survive_cubing():
    import numpy as np
    from sklearn.metrics import log_loss, recall_score, roc_auc_score

    rng = np.random.default_rng(0)
    scores = rng.uniform(0.01, 0.99, 400)
    labels = rng.uniform(size=400) < scores
    cubed = scores**3

    def calibration_error(values):
        cells = np.minimum((values * 10).astype(int), 9)
        return sum(
            (cells == n).mean() * abs(values[cells == n].mean() - labels[cells == n].mean())
            for n in set(cells.tolist())
        )

    same = {
        "auc": roc_auc_score(labels, scores) == roc_auc_score(labels, cubed),
        "precision-at": labels[np.argsort(scores)[-100:]].mean() == labels[np.argsort(cubed)[-100:]].mean(),
        "log-loss": log_loss(labels, scores) == log_loss(labels, cubed),
        "recall": recall_score(labels, scores > 0.5) == recall_score(labels, cubed > 0.5),
        "calibration": calibration_error(scores) == calibration_error(cubed),
    }
    told = {one.id: one.answer == "yes" for one in item("evaluation.cubed-scores").statements}
    assert told == same


@pytest.mark.ml
def test_the_search_over_a_pipeline_runs_with_the_keys_and_not_with_the_names_that_do_not_exist():
    import numpy as np
    import pandas as pd
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import LabelEncoder, OneHotEncoder, OrdinalEncoder, StandardScaler

    rng = np.random.default_rng(0)
    train = pd.DataFrame({"amount": rng.normal(size=200), "shop": rng.choice(list("abc"), 200)})
    train["label"] = (train["amount"] + rng.normal(size=200) > 0).astype(int)
    one = item("classical.search-over-a-pipeline")

    def run(**over: str):
        code = one.code
        for gap in one.gaps:
            text = next(o.text for o in gap.options if o.id == over.get(gap.id, gap.key)).strip("`")
            code = code.replace(f"[[{gap.id}]]", text)
        names = dict(locals()) | {
            "ColumnTransformer": ColumnTransformer,
            "Pipeline": Pipeline,
            "GridSearchCV": GridSearchCV,
            "LogisticRegression": LogisticRegression,
            "StandardScaler": StandardScaler,
            "OneHotEncoder": OneHotEncoder,
            "OrdinalEncoder": OrdinalEncoder,
            "LabelEncoder": LabelEncoder,
            "numeric": ["amount"],
            "categorical": ["shop"],
            "train": train,
        }
        exec(code, names)
        return names["search"]

    fresh = pd.DataFrame({"amount": [0.0], "shop": ["never seen"]})
    assert run().predict_proba(fresh).shape == (1, 2)
    with pytest.raises(ValueError, match="unknown categories"):
        run(encoder="strict").predict(fresh)
    with pytest.raises(ValueError, match="TypeError"):
        run(encoder="label")
    for gap, names in {"parameter": ("bare", "class", "dotted"), "scoring": ("plain",)}.items():
        for name in names:
            with pytest.raises(ValueError):
                run(**{gap: name})
