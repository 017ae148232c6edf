"""Items on deep learning of the shipped foundations bank, computed again from the theory."""

import itertools
import runpy
from fractions import Fraction

import numpy as np
import pytest
from scipy.special import log_softmax
from scipy.stats import linregress
from tests.banks.instances import BANKS, bank_named, instances

from examengine.itemtypes.item import Item

pytestmark = pytest.mark.ml
NAME = "foundations.deep."
DRAWN = runpy.run_path(str(BANKS / "foundations" / "figure_scripts" / "draw_deep.py"))


def drawn(slug: str) -> list[tuple[dict[str, float], Item]]:
    """Return the instances of 50 seeds, their values as numbers."""
    return [
        ({name: float(Fraction(text)) for name, text in values.items()}, item)
        for values, item in instances("foundations", NAME + slug)
    ]


def item(slug: str) -> Item:
    return bank_named("foundations").item_named(NAME + slug)


def numbers(one: Item) -> dict[str, float]:
    """Return the options as numbers, which must ascend."""
    told = {option.id: float(option.text) for option in one.options}
    assert list(told.values()) == sorted(set(told.values()))
    return told


def reach(layers: list[tuple[int, int]]) -> int:
    """Return on how many inputs an output depends, by walking from it back through (kernel, dilation) layers."""
    needed = {0}
    for kernel, dilation in reversed(layers):
        needed = {place - tap * dilation for place in needed for tap in range(kernel)}
    return max(needed) - min(needed) + 1


def test_the_places_of_a_dilated_kernel_are_counted():
    for values, one in drawn("places-after-dilation"):
        n, k, s, p, d = (int(values[name]) for name in ("length", "kernel", "stride", "padding", "dilation"))

        def places(padding: int, dilation: int, n: int = n, k: int = k, s: int = s) -> int:
            low, high = -padding, n + padding - 1
            return sum(1 for start in range(low, high + 1, s) if start + (k - 1) * dilation <= high)

        told = numbers(one)
        assert told[one.key] == places(p, d)
        assert told["a"] == places(0, d)
        assert told["b"] == places(p, d) - 1
        assert told["d"] == places(p, 1)
        assert f"| {k} | {s} | {p} | {d} |".replace(" ", "") in one.stem.replace(" ", "")


def test_the_reach_of_doubling_dilations_is_walked_back():
    for values, one in drawn("doubling-dilations"):
        first, k, layers = int(values["first"]), int(values["kernel"]), int(values["layers"])
        stack = [(k, 2**depth) for depth in range(layers)]
        told = numbers(one)
        assert told[one.key] == reach([(first, 1), *stack])
        assert told["a"] == reach([(first, 1), *[(k, 1)] * layers])
        assert told["b"] == reach([(first, 1), stack[-1]])
        assert told["c"] == reach(stack)


def test_the_layers_stand_in_the_order_of_their_parameters():
    for values, one in drawn("layers-by-size"):
        v = {name: int(number) for name, number in values.items()}
        shapes = {
            "norm": [(v["normed"],), (v["normed"],)],
            "depth": [(v["depth"], 1, 3, 3), (v["depth"],)],
            "square": [(v["square_out"], v["square_in"], 3, 3), (v["square_out"],)],
            "point": [(v["point_out"], v["point_in"], 1, 1), (v["point_out"],)],
            "words": [(v["words"], v["dimensions"])],
        }
        sizes = {name: sum(int(np.prod(shape)) for shape in all_of) for name, all_of in shapes.items()}
        assert list(one.order) == sorted(sizes, key=lambda name: sizes[name])
        for option in one.options:
            assert f"{sizes[option.id]:,d}" in option.rationale
        ascending = sorted(sizes.values())
        assert all(later / earlier > 1.19 for earlier, later in itertools.pairwise(ascending))


def test_the_cache_holds_two_vectors_for_each_token_layer_and_group():
    for values, one in drawn("cache-of-keys-and-values"):
        v = {name: int(number) for name, number in values.items()}
        token = sum(v["size"] * 2 for _ in ("key", "value") for _ in range(v["layers"]) for _ in range(v["groups"]))
        wanted = token * v["tokens"] * v["users"] / 1e9
        assert float(one.answer) == pytest.approx(wanted)
        assert wanted < 1000
        slips = [float(slip.value) for slip in one.slips]
        every = wanted * v["queries"] / v["groups"]
        assert slips == pytest.approx([wanted / 2, every, 2 * wanted, wanted * 1e9 / 1024**3, wanted / v["users"]])
        assert all(abs(slip - wanted) > 0.1 for slip in slips)


def test_the_shapes_of_cross_attention_are_those_of_the_arrays():
    for values, one in drawn("shapes-of-cross-attention"):
        batch, heads, own, other, width = (int(values[n]) for n in ("batch", "heads", "own", "other", "width"))
        rows, source = np.zeros((batch, own, 1)), np.zeros((batch, other, 1))
        part = width // heads

        def split(array: np.ndarray, heads: int = heads, part: int = part, width: int = width) -> np.ndarray:
            wide = np.broadcast_to(array, (*array.shape[:2], width))
            return wide.reshape(*array.shape[:2], heads, part).transpose(0, 2, 1, 3)

        queries, keys = split(rows), split(source)
        weights = np.zeros((*queries.shape[:3], keys.shape[2]))
        output = np.zeros((batch, heads, own, part))
        joined = output.transpose(0, 2, 1, 3).reshape(batch, own, -1)
        told = {gap.id: next(o.text for o in gap.options if o.id == gap.key) for gap in one.gaps}
        shapes = {"keys": keys.shape, "weights": weights.shape, "joined": joined.shape}
        assert {name: told[name] for name in shapes} == {
            name: " × ".join(map(str, shape))  # noqa: RUF001
            for name, shape in shapes.items()
        }
        assert told["parameters"] == f"4 · {width}²"
        for gap in one.gaps:
            assert len({o.text for o in gap.options}) == len(gap.options)


def test_a_causal_mask_tells_two_changed_tokens_apart():
    random = np.random.default_rng(0)
    q, k, v, f = (random.normal(0, 0.4, (6, 6)) for _ in range(4))
    hidden = np.triu(np.ones((5, 5), dtype=bool), k=1)

    def norm(x: np.ndarray) -> np.ndarray:
        return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)

    def run(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        scores = np.where(hidden, -np.inf, (x @ q) @ (x @ k).T / np.sqrt(6))
        weights = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        inner = norm(x + weights @ (x @ v))
        return norm(inner + np.maximum(inner @ f, 0)), weights, x @ k

    tokens = random.normal(0, 1, (5, 6))
    (first, weights, keys), (second, others, other_keys) = run(tokens), run(tokens[[1, 0, 2, 3, 4]])
    same = {
        "a": np.allclose(weights, others),
        "b": np.allclose(first[1], second[0]),
        "c": np.allclose(first[4], second[4]),
        "d": np.allclose(first.mean(axis=0), second.mean(axis=0)),
        "e": np.allclose(keys[1], other_keys[0]),
    }
    assert not np.allclose(run(first)[0][4], run(second)[0][4])
    assert {name for name, is_same in same.items() if is_same} == set(item("tokens-turned-round").keys)


def test_a_served_picture_is_normalised_by_the_running_statistics():
    for values, one in drawn("one-picture-served"):
        x = values["mean"] - values["drop"]
        fit = linregress([values["mean"], values["mean"] + values["root"]], [0.0, 1.0])
        normed = fit.intercept + fit.slope * x
        told = numbers(one)
        assert told[one.key] == pytest.approx(values["scale"] * normed + values["shift"], abs=0.0051)
        assert told["b"] == pytest.approx(normed, abs=0.0051)
        assert told["c"] == pytest.approx(values["scale"] * normed / values["root"] + values["shift"], abs=0.0051)
        by_batch = -values["nearer"] / values["batch_root"]
        assert told["d"] == pytest.approx(values["scale"] * by_batch + values["shift"], abs=0.0051)
        table = one.stem.replace(" ", "")
        for row, number in (
            ("runningvariance", values["root"] ** 2),
            ("meanofthebatch", x + values["nearer"]),
            ("varianceofthebatch", values["batch_root"] ** 2),
        ):
            assert f"|{row}|{int(number)}|" in table


def test_the_rate_on_the_way_down_is_that_of_the_cosine():
    for values, one in drawn("rate-on-the-way-down"):
        warm, fall, peak = values["warm"], values["fall"], values["peak"]
        step, end = warm + fall / values["part"], warm + fall
        assert f"at step {int(step):,d}," in one.stem
        assert f"T = {int(end):,d}" in one.stem
        angle = np.pi * (step - warm) / (end - warm)
        told = numbers(one)
        assert told[one.key] == pytest.approx(peak * np.cos(angle / 2) ** 2, abs=0.0051)
        assert told["a"] == pytest.approx(peak * np.sin(angle / 2) ** 2, abs=0.0051)
        assert told["b"] == pytest.approx(np.interp(step, [0, end], [peak, 0]), abs=0.0051)
        assert told["c"] == pytest.approx(np.interp(step, [warm, end], [peak, 0]), abs=0.0051)


def test_the_loss_of_three_scores_is_the_log_softmax():
    for values, one in drawn("loss-of-three-scores"):
        logs = log_softmax([values["cat"], values["dog"], values["fox"]])
        p = np.exp(logs)
        told = numbers(one)
        assert told[one.key] == pytest.approx(-logs[1], abs=0.0051)
        assert told["a"] == pytest.approx(p[0] + p[2], abs=0.0051)
        assert told["c"] == pytest.approx(-np.log2(p[1]), abs=0.0051)
        assert told["d"] == pytest.approx(-np.log(p[1] * (1 - p[0]) * (1 - p[2])), abs=0.0051)


def test_the_four_runs_have_the_rates_of_the_figure():
    rates = {"R": 0.004, "P": 0.06, "S": 0.6, "Q": 1.1}
    one = item("four-runs")
    told = {option.id: float(option.text) for option in one.options}
    assert {prompt.upper(): told[key] for prompt, key in one.key.items()} == rates
    runs = {name: DRAWN["losses_of"](rate, 100, 5) for name, rate in rates.items()}
    assert {round(float(curve[0]), 1) for curve in runs.values()} == {2.4}
    assert runs["Q"][1] < runs["Q"][0] < 4 < runs["Q"][3]
    assert runs["P"][17:24].mean() == pytest.approx(0.25, abs=0.07)
    assert runs["P"][-8:].mean() == pytest.approx(0.03, abs=0.01)
    assert runs["R"][-1] == pytest.approx(0.87, abs=0.05)
    assert np.all(
        (runs["S"][10:].reshape(-1, 10).mean(axis=1) > 0.25) & (runs["S"][10:].reshape(-1, 10).mean(axis=1) < 0.55)
    )
    ratio = (runs["P"][0] - runs["P"][:4].mean()) / (runs["R"][0] - runs["R"][:4].mean())
    assert 8 < ratio < 25
    still = DRAWN["losses_of"](0.0001, 100, 5)
    assert np.all(still > 2.25)


def stopped(losses: tuple[float, ...], patience: int, least: float) -> tuple[int, int]:
    """Return the epoch after which training ends, and the one whose weights are kept."""
    kept, best = 0, Fraction(10)
    for epoch, loss in enumerate((Fraction(str(one)) for one in losses), 1):
        if best - loss > Fraction(str(least)):
            kept, best = epoch, loss
        elif epoch - kept == patience:
            return epoch, kept
    return len(losses), kept


def test_the_statements_on_early_stopping_follow_from_the_losses():
    losses = DRAWN["VALIDATION"]
    one = item("when-to-stop")
    assert ", ".join(f"{loss:.2f}" for loss in losses) in one.stem.replace("\n", " ")
    right = {
        "two": stopped(losses, 2, 0)[1] == 4,
        "three-end": stopped(losses, 3, 0)[0] == 10,
        "three-kept": stopped(losses, 3, 0)[1] == 11,
        "four": stopped(losses, 4, 0)[1] == 7,
        "delta-three": stopped(losses, 3, 0.05)[0] == 7,
        "delta-five": stopped(losses, 5, 0.05)[0] == 12,
    }
    assert {s.id: s.answer == "yes" for s in one.statements} == right
    assert stopped(losses, 3, 0)[1] == 7
    assert stopped(losses, 5, 0.05)[0] == 9


def test_only_two_changes_free_enough_of_the_card():
    weights, gradients, states, outputs = 1.2, 1.2, 2.4, 27.4
    total = weights + gradients + states + outputs
    assert total - 24 == pytest.approx(8.2)
    assert total - states / 2 > 24
    assert total - weights > 24
    assert total - outputs * 3 / 4 < 24


def test_four_batches_make_the_step_of_one_where_the_keys_are_chosen():
    one = item("four-batches-one-step")
    told = {gap.id: {o.id: o.text for o in gap.options} for gap in one.gaps}
    random = np.random.default_rng(2)
    x, y = random.normal(0, 1, (128, 3)), random.normal(0, 1, 128)

    def gradient(w: np.ndarray, rows: slice) -> np.ndarray:
        """Return the gradient of the mean squared error over the rows."""
        return 2 * x[rows].T @ (x[rows] @ w - y[rows]) / len(x[rows])

    wanted = np.zeros(3)
    for start in (0, 64):
        wanted = wanted - 0.1 * gradient(wanted, slice(start, start + 64))

    def trained(chosen: dict[str, str]) -> np.ndarray:
        w, held = np.zeros(3), np.zeros(3)
        divisor = {"loss.backward()": 1, "(loss / 4).backward()": 4}.get(told["back"][chosen["back"]])
        divisor = divisor or int(told["back"][chosen["back"]].split("/ ")[1].split(")")[0])
        for i in range(8):
            held = held + gradient(w, slice(16 * i, 16 * i + 16)) / divisor
            if eval(told["when"][chosen["when"]], {"i": i}):
                for call in told["act"][chosen["act"]].split("; "):
                    if call == "optimizer.step()":
                        w = w - 0.1 * held
                    else:
                        held = np.zeros(3)
        return w

    keys = {gap.id: gap.key for gap in one.gaps}
    assert np.allclose(trained(keys), wanted)
    for gap in one.gaps:
        for option in gap.options:
            if option.id != gap.key:
                assert not np.allclose(trained({**keys, gap.id: option.id}), wanted), (gap.id, option.id)
