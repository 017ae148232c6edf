"""Items on mathematics, computed a second time from the theory: by simulation, decomposition, search or a library."""

import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from banks.instances import bank_named, instances
from examengine.bank.check_templates import count_instances
from examengine.itemtypes.item import Item
from examengine.itemtypes.multiple_choice.model import MultipleChoice
from examengine.itemtypes.numeric.model import Numeric
from examengine.itemtypes.registry import spec_of

np = pytest.importorskip("numpy")
stats = pytest.importorskip("scipy.stats")
pytestmark = pytest.mark.ml

BANK = bank_named("foundations")
TEMPLATES = sorted(name for name in BANK.templates if name.startswith("foundations.math."))


def item(name: str) -> Any:
    return BANK.item_named(f"foundations.math.{name}")


def drawn(name: str) -> list[tuple[dict[str, Any], Any]]:
    """Return instances with their values as numbers, or as texts where they are none."""
    return [
        ({key: number(text) for key, text in values.items()}, one)
        for values, one in instances("foundations", f"foundations.math.{name}")
    ]


def number(text: str) -> float | str:
    try:
        return float(Fraction(text))
    except ValueError:
        return text


def shown(text: str) -> float:
    return float(text.replace(",", "").replace("\u2212", "-"))


def options(one: Item) -> dict[str, float]:
    assert isinstance(one, MultipleChoice)
    texts = {option.id: shown(option.text) for option in one.options}
    assert all(a < b for a, b in pairwise(texts.values())), texts
    return texts


def key_number(one: Item) -> float:
    assert isinstance(one, MultipleChoice)
    return options(one)[one.key]


def answer_and_slips(one: Item) -> tuple[float, list[float]]:
    assert isinstance(one, Numeric)
    return float(one.answer), [float(slip.value) for slip in one.slips]


def gaps(name: str, **over: str) -> str:
    """Return the code of an item with its keys, or other options, in the gaps."""
    one = item(name)
    code = one.code
    for gap in one.gaps:
        text = next(o.text for o in gap.options if o.id == over.get(gap.id, gap.key))
        code = code.replace(f"[[{gap.id}]]", text.strip("`"))
    return code


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_varies_and_its_key_earns_full_marks(name: str):
    assert count_instances(BANK.templates[name]).distinct >= 20
    for _, one in instances("foundations", name):
        spec = spec_of(one)
        score = spec.score(one, spec.correct_response(one), None)
        assert score.earned == score.possible
        assert "{{" not in one.model_dump_json()


# Linear algebra


def test_the_rank_is_the_greatest_that_saves_multiplications():
    for v, one in drawn("rank-that-saves-time"):
        m, n = int(v["m"]), int(v["n"])
        assert key_number(one) == max(r for r in range(1, n + 1) if r * n + m * r < m * n)


def test_the_ellipse_belongs_to_one_matrix():
    one = item("ellipse-of-two-sensors")
    fits = []
    for option in one.options:
        matrix = np.array(eval(option.text.replace("\u2212", "-")))
        axes = [3 * np.array([1, -1]) / math.sqrt(2), np.array([1, 1]) / math.sqrt(2)]
        inverse = np.linalg.inv(matrix)
        ends = all(np.isclose(axis @ inverse @ axis, 1) for axis in axes)
        if ends and np.isclose(axes[0] @ inverse @ axes[1], 0):
            fits.append(option.id)
    assert fits == [one.key]


def test_the_correlations_that_fit_together_have_no_negative_eigenvalue():
    one = item("pairwise-correlations")
    rows = [line.split("|")[1:-1] for line in one.stem.splitlines() if line.startswith("| T")]
    fits = []
    for name, *cells in rows:
        a, b, c = (shown(cell) for cell in cells)
        if np.linalg.eigvalsh([[1, a, b], [a, 1, c], [b, c, 1]]).min() > -1e-12:
            fits.append(name.strip().lower())
    assert fits == list(one.keys)
    # The bounds that rationales name: the determinant is zero there.
    for first, second, bound in ((0.9, 0.9, 0.62), (0.8, -0.8, -0.28), (-0.6, -0.6, -0.28)):
        assert np.linalg.eigvalsh([[1, first, second], [first, 1, bound], [second, bound, 1]])[0] == pytest.approx(
            0, abs=1e-9
        )


def test_the_components_are_those_of_the_covariance_matrix_and_no_other_option_gives_them():
    rng = np.random.default_rng(3)
    raw = rng.normal(size=(40, 5)) @ rng.normal(size=(5, 5)) + 7
    one, k = item("components-without-covariance"), 2
    wanted = np.linalg.eigvalsh(np.cov(raw.T))[::-1][:k]
    middle = raw.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(raw.T))
    best = (raw - middle) @ vectors[:, -k:] @ vectors[:, -k:].T + middle

    def works(**over: str) -> bool:
        names: dict[str, Any] = {"np": np, "X": raw, "n": 40, "k": k}
        try:
            exec(gaps("components-without-covariance", **over), names)
        except ValueError:
            return False
        return (
            np.allclose(names["variances"], wanted)
            and names["scores"].shape == (40, k)
            and names["rebuilt"].shape == raw.shape
            and np.allclose(names["rebuilt"], best)
        )

    assert works()
    assert values[-1] == pytest.approx(wanted[0])
    for gap in one.gaps:
        for option in gap.options:
            assert works(**{gap.id: option.id}) == (option.id == gap.key), (gap.id, option.id)


def test_a_rotation_keeps_three_models_and_other_units_the_other_three():
    from sklearn.linear_model import Ridge
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler
    from sklearn.svm import SVR
    from sklearn.tree import DecisionTreeRegressor

    rng = np.random.default_rng(5)
    raw = rng.normal(size=(300, 12)) @ rng.normal(size=(12, 12)) * np.linspace(0.2, 2, 12)
    raw -= raw.mean(axis=0)
    target = raw @ rng.normal(size=12) + rng.normal(size=300)
    turn, _ = np.linalg.qr(rng.normal(size=(12, 12)))
    units = np.diag(2.0 ** rng.permutation(12))
    models = {
        "ridge": Ridge(alpha=1.0),
        "scaled_ridge": make_pipeline(StandardScaler(), Ridge(alpha=1.0)),
        "neighbours": KNeighborsRegressor(5),
        "scaled_neighbours": make_pipeline(MinMaxScaler(), KNeighborsRegressor(5)),
        "kernel": SVR(gamma=0.1, tol=1e-8),
        "tree": DecisionTreeRegressor(max_leaf_nodes=16, random_state=0),
    }

    def kept(by: Any) -> set[str]:
        known, new = raw[:200], raw[200:]
        return {
            name
            for name, model in models.items()
            if np.allclose(
                model.fit(known, target[:200]).predict(new),
                model.fit(known @ by, target[:200]).predict(new @ by),
                rtol=1e-4,
            )
        }

    keys = set(item("turned-features").keys)
    assert kept(turn) == keys
    assert kept(units) == set(models) - keys


def test_the_penalty_gives_the_condition_number():
    for v, one in drawn("ridge-for-a-condition-number"):
        answer, (low, lower, high) = answer_and_slips(one)
        matrix = np.diag([v["top"], v["bottom"]])
        assert np.linalg.cond(matrix + answer * np.eye(2)) == pytest.approx(v["target"])
        assert v["top"] / low == pytest.approx(v["target"])
        assert v["top"] / (v["bottom"] + lower) == pytest.approx(v["target"])
        assert (v["top"] + high) / high == pytest.approx(v["target"])
        assert 1 < answer < 1000


def test_the_cohort_follows_the_transition_matrix():
    for v, one in drawn("customers-who-come-back"):
        answer, (stayed, steady, early) = answer_and_slips(one)
        step = np.array([[1 - v["leave"], v["leave"]], [v["back"], 1 - v["back"]]])
        months = int(v["months"])
        assert answer == pytest.approx(np.linalg.matrix_power(step, months)[0, 0])
        assert early == pytest.approx(np.linalg.matrix_power(step, months - 1)[0, 0])
        assert steady == pytest.approx(np.linalg.matrix_power(step, 2000)[0, 0])
        assert stayed == pytest.approx(step[0, 0] ** months)


def test_the_principal_axis_keeps_its_share():
    for _, one in drawn("principal-axis-share"):
        rows = [line.split("|")[2:4] for line in one.stem.splitlines() if line.startswith("| **")]
        matrix = np.array([[shown(cell) for cell in row] for row in rows])
        assert np.allclose(matrix, matrix.T)
        values = np.linalg.eigvalsh(matrix)
        answer, (first, deviations, squares) = answer_and_slips(one)
        assert answer == pytest.approx(values[1] / values.sum())
        assert first == pytest.approx(matrix[0, 0] / np.trace(matrix))
        assert deviations == pytest.approx(math.sqrt(values[1]) / np.sqrt(values).sum(), abs=0.0006)
        assert squares == pytest.approx(values[1] ** 2 / (values**2).sum())


def test_the_truncation_loses_the_last_singular_value():
    rng = np.random.default_rng(1)
    left, _ = np.linalg.qr(rng.normal(size=(6, 3)))
    right, _ = np.linalg.qr(rng.normal(size=(4, 3)))
    for v, one in drawn("low-rank-error"):
        values = np.array([v["s1"], v["s2"], v["s3"]])
        whole = left * values @ right.T
        rest = whole - left[:, :2] * values[:2] @ right[:, :2].T
        share = np.linalg.norm(rest) / np.linalg.norm(whole)
        spectral = np.linalg.norm(rest, 2) / np.linalg.norm(whole, 2)
        found = list(options(one).values())
        assert key_number(one) == pytest.approx(share, abs=0.0051)
        assert found == pytest.approx([share**2, spectral**2, share, spectral], abs=0.0051)


def test_the_distance_separates_the_same_pairs():
    for v, one in drawn("cosine-to-euclidean"):
        angle = math.acos(v["cosine"])
        ends = np.array([1.0, 0.0]), np.array([math.cos(angle), math.sin(angle)])
        assert key_number(one) == pytest.approx(np.linalg.norm(ends[0] - ends[1]), abs=0.00051)


# Calculus


def test_the_faulty_gradient_is_the_one_that_the_table_shows():
    terms = {
        "ridge": lambda g, w: g + 0.2 * w,
        "lasso": lambda g, w: g + 0.2 * np.sign(w),
        "sums": lambda g, w: g / 8,
        "means": lambda g, w: g * 8,
    }
    seen = set()
    for _, one in drawn("numerical-gradient-differs"):
        rows = [
            line.split("|")[2:5] for line in one.stem.splitlines() if line.startswith("| w") and "value" not in line
        ]
        w, code, loss = np.array([[shown(cell) for cell in row] for row in rows]).T
        fits = [name for name, make in terms.items() if np.allclose(make(code, w), loss)]
        assert fits == [one.key]
        seen.add(one.key)
    assert seen == set(terms)


def test_near_a_saddle_steps_go_where_the_item_says():
    curvature = np.array([-0.4, 0.5, 25])

    def loss(w: Any) -> float:
        return float(0.5 * (curvature * w**2).sum())

    def away(start: Any, end: Any) -> bool:
        return np.linalg.norm(end) > np.linalg.norm(start)

    u1, u2, u3 = 0.01 * np.eye(3)
    told = {
        "u1-lower": loss(u1) < 0,
        "u2-lower": loss(u2) < 0,
        "u3-lower": loss(u3) < 0,
        "descent-u1": not away(u1, u1 - 0.1 * curvature * u1),
        "descent-u2": not away(u2, u2 - 0.1 * curvature * u2),
        "descent-u3": not away(u3, u3 - 0.1 * curvature * u3),
    }
    assert [name for name, holds in told.items() if holds] == list(item("three-curvatures").keys)


def test_the_softmax_gradient_is_that_of_differences_and_no_other_option_gives_it():
    rng = np.random.default_rng(2)
    one = item("softmax-gradient-in-numpy")
    rows, labels = rng.normal(size=(7, 3)), np.array([0, 1, 2, 3, 1, 0, 2])
    weights, bias = rng.normal(size=(3, 4)), rng.normal(size=4)

    def run(w: Any, b: Any, x: Any = rows, **over: str) -> dict[str, Any]:
        names: dict[str, Any] = {"np": np, "X": x, "W": w, "b": b, "y": labels, "n": 7, "d": 3, "k": 4}
        exec(gaps("softmax-gradient-in-numpy", **over), names)
        return names

    def loss(w: Any, b: Any) -> float:
        z = rows @ w + b
        return float(np.mean([np.log(np.exp(z[i]).sum()) - z[i, labels[i]] for i in range(7)]))

    def differences(function: Any, at: Any) -> Any:
        found = np.zeros_like(at)
        for place in np.ndindex(at.shape):
            step = np.zeros_like(at)
            step[place] = 1e-6
            found[place] = (function(at + step) - function(at - step)) / 2e-6
        return found

    d_weights = differences(lambda w: loss(w, bias), weights)
    d_bias = differences(lambda b: loss(weights, b), bias)

    def works(**over: str) -> bool:
        with np.errstate(all="ignore"):
            try:
                small, large = run(weights, bias, **over), run(weights * 1000, bias, **over)
            except (ValueError, FloatingPointError):
                return False
        return bool(
            np.isclose(small["loss"], loss(weights, bias))
            and small["dW"].shape == weights.shape
            and np.allclose(small["dW"], d_weights, atol=1e-6)
            and small["db"].shape == bias.shape
            and np.allclose(small["db"], d_bias, atol=1e-6)
            and np.isfinite(large["dW"]).all()
        )

    for gap in one.gaps:
        for option in gap.options:
            assert works(**{gap.id: option.id}) == (option.id == gap.key), (gap.id, option.id)


def test_below_the_rate_descent_converges_and_above_it_does_not():
    for v, one in drawn("rate-from-singular-values"):
        n, eigen = v["n"], np.array([v["s"], v["low"]]) ** 2
        bound = min(2 / (eigen / n))

        def shrinks(rate: float, n: float = n, eigen: Any = eigen) -> bool:
            return bool(np.abs((1 - rate * eigen / n) ** 20_000).max() < 0.5)

        assert shrinks(0.99 * bound)
        assert not shrinks(1.01 * bound)
        assert key_number(one) == pytest.approx(bound, rel=0.006)


def test_the_changed_runs_end_where_the_item_says():
    rng = np.random.default_rng(8)
    x, start = rng.normal(size=(30, 3)), rng.normal(size=3)
    y = x @ np.array([1.0, -2.0, 0.5]) + rng.normal(size=30)
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))

    def run(x: Any, y: Any, w: Any, rate: float = 0.01, factor: float = 1.0, *, logarithm: bool = False) -> Any:
        for _ in range(100):
            error = x @ w - y
            gradient = 2 * x.T @ error / len(y)
            if logarithm:
                gradient = gradient / np.mean(error**2)
            w = w - rate * factor * gradient
        return w

    plain = run(x, y, start)
    ends = {
        "shifted": plain,
        "scaled": run(x, y, start, rate=0.001, factor=10),
        "doubled": run(np.vstack([x, x]), np.concatenate([y, y]), start),
        "logarithm": run(x, y, start, logarithm=True),
        "summed": run(x, y, start, rate=0.001, factor=30),
        "units": 2 * run(2 * x, y, start / 2),
        "turned": turn @ run(x @ turn, y, turn.T @ start),
    }
    told = {one.id: one.answer == "yes" for one in item("same-path-of-weights").statements}
    assert {name: bool(np.allclose(end, plain)) for name, end in ends.items()} == told


# Probability


def test_the_wrong_label_comes_from_the_team_with_that_chance():
    for v, one in drawn("source-of-a-wrong-label"):
        shares = np.array([v["sa"], v["sb"], 100 - v["sa"] - v["sb"]]) / 100
        rates = np.array([v["ra"], v["rb"], v["rc"]]) / 100
        wrong = shares * rates
        found = list(options(one).values())
        assert key_number(one) == pytest.approx(wrong[1] / wrong.sum(), abs=0.00051)
        assert found[:3] == pytest.approx([wrong[1], shares[1], rates[1] / rates.sum()], abs=0.00051)


def test_the_revenue_of_a_day_spreads_as_simulated():
    rng = np.random.default_rng(0)
    for v, one in drawn("revenue-of-a-day")[:6]:
        counts = rng.poisson(v["orders"], 40_000)
        revenue = counts * v["mean"] + np.sqrt(counts) * v["sd"] * rng.normal(size=40_000)
        answer, _ = answer_and_slips(one)
        assert answer == pytest.approx(revenue.std(), rel=0.02)
    for v, one in drawn("revenue-of-a-day"):
        answer, (values, counts, added) = answer_and_slips(one)
        n = np.arange(0, 400)
        weight = stats.poisson.pmf(n, v["orders"])
        second = (weight * (n * v["sd"] ** 2 + (n * v["mean"]) ** 2)).sum()
        spread = math.sqrt(second - (weight * n * v["mean"]).sum() ** 2)
        assert answer == round(spread)
        assert abs(answer - spread) <= 0.5
        assert values == pytest.approx(math.sqrt(v["orders"] * v["sd"] ** 2), abs=0.5)
        assert counts == pytest.approx(math.sqrt(v["orders"]) * v["mean"], abs=0.5)
        assert added == v["orders"] * v["sd"]
        assert answer < 1000


def test_the_extra_bits_are_the_relative_entropy():
    for v, one in drawn("extra-bits-of-a-model"):
        p = np.array([v["p1"], v["p2"], 100 - v["p1"] - v["p2"]]) / 100
        q = np.array([v["q1"], v["q2"], 100 - v["q1"] - v["q2"]]) / 100
        loss = -(p * np.log2(q)).sum()
        wanted = [stats.entropy(p, q, base=2), stats.entropy(q, p, base=2), stats.entropy(p, base=2), loss]
        assert list(options(one).values()) == pytest.approx(wanted, abs=0.0051)
        assert one.key == "a"


def test_the_log_of_the_cold_store_says_what_the_item_says():
    one = item("alarm-and-open-door")
    rows = [line.split("|")[2:4] for line in one.stem.splitlines() if "alarm, door" in line]
    day, night = np.array([[shown(cell) for cell in row] for row in rows]).T

    def independent(counts: Any) -> bool:
        both, alarm, door, _ = counts / counts.sum()
        return bool(np.isclose(both, (both + alarm) * (both + door)))

    told = {
        "overall": independent(day + night),
        "by-day": independent(day),
        "night-given-alarm": night[:2].sum() > day[:2].sum(),
        "night-given-door": night[[0, 2]].sum() > day[[0, 2]].sum(),
        "at-night": night[0] / night[:2].sum() < night[2] / night[2:].sum(),
    }
    assert (day.sum(), night.sum()) == (400, 100)
    assert [name for name, holds in told.items() if holds] == list(one.keys)


def test_sums_stay_in_their_family_where_the_item_says():
    n = np.arange(0, 31)

    def convolved(one: Any, other: Any) -> Any:
        return np.convolve(one, other)[: len(n)]

    def like(values: Any, distribution: Any) -> bool:
        return bool(np.allclose(values, distribution, atol=1e-9))

    three, five = stats.poisson.pmf(n, 3), stats.poisson.pmf(n, 5)
    ten, twenty, other = (stats.binom.pmf(n, size, p) for size, p in ((10, 0.2), (20, 0.2), (10, 0.4)))
    t = np.linspace(0.01, 5, 50)
    told = {one.id: one.answer == "yes" for one in item("totals-of-a-family").statements}
    assert told["poisson-sum"] == like(convolved(three, five), stats.poisson.pmf(n, 8))
    assert told["poisson-mean"] == math.isclose((3 + 5) / 4, (3 + 5) / 2)  # its variance against its mean
    assert told["binomial-same"] == like(convolved(ten, twenty), stats.binom.pmf(n, 30, 0.2))
    # A binomial with the mean and variance of this sum would have p = 1 - 4/6 and 18 trials, and not 20 values.
    assert told["binomial-other"] == like(convolved(ten, other), stats.binom.pmf(n, 20, 0.3))
    assert not like(convolved(ten, other), stats.binom.pmf(n, 18, 1 / 3))
    assert told["exponential-minimum"] == like(np.exp(-t) * np.exp(-2 * t), stats.expon.sf(t, scale=1 / 3))
    assert told["exponential-sum"] == like(2 * np.exp(-t) - np.exp(-2 * t), stats.expon.sf(t, scale=1.5))
    assert told["normal-difference"]
    assert told["lognormal-product"]


def test_the_mean_cost_is_that_of_a_log_normal_variable():
    for v, one in drawn("back-from-logarithms"):
        cost = stats.lognorm(s=v["sigma"], scale=math.exp(v["level"]))
        found = options(one)
        assert key_number(one) == pytest.approx(cost.mean(), abs=0.51)
        assert found["a"] == pytest.approx(cost.median(), abs=0.51)
        assert found["d"] == pytest.approx(cost.ppf(stats.norm.cdf(1)), abs=0.51)


def test_the_loaves_cost_least_on_average():
    for v, one in drawn("loaves-for-tomorrow"):
        demand = np.linspace(v["mean"] - 6 * v["sd"], v["mean"] + 6 * v["sd"], 4001)
        weight = stats.norm.pdf(demand, v["mean"], v["sd"])
        under = v["over"] * v["ratio"]

        def cost(stock: float, v: Any = v, demand: Any = demand, weight: Any = weight, under: float = under) -> float:
            left = np.maximum(stock - demand, 0) * v["over"]
            missing = np.maximum(demand - stock, 0) * under
            return float(((left + missing) * weight).sum())

        stocks = range(int(v["mean"] - 3 * v["sd"]), int(v["mean"] + 3 * v["sd"]))
        best = min(stocks, key=cost)
        assert abs(key_number(one) - best) <= 1
        assert min(options(one).values(), key=cost) == key_number(one)


# Statistics


def test_the_half_width_is_that_of_the_t_interval():
    for v, one in drawn("half-width-from-few-runs"):
        n = int(v["n"])
        raw = np.arange(n, dtype=float)
        raw = (raw - raw.mean()) / raw.std(ddof=1) * v["s"]
        low, high = stats.t.interval(0.95, n - 1, scale=stats.sem(raw))
        assert key_number(one) == pytest.approx((high - low) / 2, abs=0.012)
        assert f"{stats.t.ppf(0.975, n - 1):.3f}" in one.stem
        assert options(one)["a"] == pytest.approx(stats.norm.ppf(0.975) * stats.sem(raw), abs=0.006)
        assert options(one)["d"] == pytest.approx(2 * stats.norm.ppf(0.975) * stats.sem(raw), abs=0.006)


def test_the_pages_in_the_race_pass_both_tests_and_other_levels_let_in_one_more_each():
    one = item("interval-of-a-difference")
    rows = [line.strip("| ").split("|") for line in one.stem.splitlines() if line.startswith("| ")][1:]

    def staying(level_of_nothing: float, level_of_promise: float) -> list[str]:
        stay = []
        for page, mean, interval in rows:
            low, high = (shown(bound) for bound in interval.split("to"))
            assert shown(mean) == pytest.approx((low + high) / 2)
            error = (high - low) / 2 / stats.norm.ppf(0.975)
            nothing, promise = (2 * stats.norm.sf(abs(shown(mean) - value) / error) for value in (0, 3))
            if nothing < level_of_nothing and promise >= level_of_promise:
                stay.append(page.strip().lower())
        return stay

    assert staying(0.01, 0.05) == list(one.keys)
    assert staying(0.05, 0.05) == ["p", "q", "t"]
    assert staying(0.01, 0.01) == ["q", "r", "t"]
    assert staying(1.01, 0.05) == ["p", "q", "s", "t"]


def test_the_power_curve_is_read_where_the_item_says():
    def needed(effect: float, power: float) -> int:
        for size in range(5, 1000):
            free, shift = 2 * size - 2, effect * math.sqrt(size / 2)
            bound = stats.t.ppf(0.975, free)
            if stats.nct.sf(bound, free, shift) + stats.nct.cdf(-bound, free, shift) >= power:
                return size
        raise AssertionError

    one = item("cases-from-a-power-curve")
    assert key_number(one) == pytest.approx(needed(2 / 10, 0.9), abs=5)
    wanted = [needed(0.3, 0.8), needed(0.3, 0.9), needed(0.2, 0.8), needed(0.2, 0.9)]
    assert list(options(one).values()) == pytest.approx(wanted, abs=3)
    for effect, power in ((0.5, 0.8), (0.5, 0.9), (0.3, 0.8), (0.3, 0.9), (0.2, 0.8), (0.2, 0.9)):
        assert f"{power} at {needed(effect, power)}" in one.stem


def test_the_best_estimator_is_best_by_simulation_and_by_no_other_column():
    rng = np.random.default_rng(0)
    noise = rng.normal(size=200_000)
    noise = (noise - noise.mean()) / noise.std()
    seen = set()
    for _, one in drawn("four-estimators"):
        rows = [line.split("|")[1:4] for line in one.stem.splitlines() if " mean  " in line or "shrunken" in line]
        errors = {}
        for name, bias, deviation in rows:
            errors[name.split()[0]] = (shown(bias), shown(deviation))
        root = {name: math.sqrt(np.mean((b + s * noise) ** 2)) for name, (b, s) in errors.items()}
        first, second = sorted(root.values())[:2]
        assert len(errors) == 4
        assert second > first + 0.05
        assert min(root, key=root.__getitem__) == one.key
        assert min(errors, key=lambda name: abs(errors[name][0])) != one.key
        assert min(errors, key=lambda name: errors[name][1]) != one.key
        assert min(errors, key=lambda name: abs(errors[name][0]) + errors[name][1]) != one.key
        for option in one.options:
            assert f"= {root[option.id]:.2f}." in option.rationale
        seen.add(one.key)
    assert len(seen) == 4


def test_the_prior_is_updated_by_clicks_and_views():
    grid = (np.arange(200_000) + 0.5) / 200_000
    for v, one in drawn("clicks-and-a-prior"):
        told = {gap.id: shown(next(o.text for o in gap.options if o.id == gap.key)) for gap in one.gaps}
        density = stats.beta.pdf(grid, v["a"], v["b"]) * stats.binom.pmf(v["k"], v["n"], grid)
        density /= density.mean()
        assert np.allclose(density, stats.beta.pdf(grid, told["first"], told["second"]), rtol=1e-3, atol=1e-6)
        assert told["mean"] == pytest.approx((grid * density).mean(), abs=0.0006)
        before, observed = v["a"] / (v["a"] + v["b"]), v["k"] / v["n"]
        mean = (grid * density).mean()
        assert told["weight"] == pytest.approx((mean - before) / (observed - before), abs=0.002)


def test_the_plans_stand_in_order_of_their_standard_errors():
    errors = {
        "finite": 20 / math.sqrt(400) * math.sqrt((500 - 400) / (500 - 1)),
        "strata": 20 * math.sqrt(1 - 0.36) / math.sqrt(400),
        "plain": 20 / math.sqrt(400) * math.sqrt(89_600 / 89_999),
        "clusters": 20 / math.sqrt(400) * math.sqrt(1 + 9 * 0.1),
        "small": 20 / math.sqrt(100) * math.sqrt(89_900 / 89_999),
    }
    assert sorted(errors, key=errors.__getitem__) == list(item("survey-plans-by-precision").order)


def test_scans_of_a_patient_count_as_fewer():
    for v, one in drawn("scans-of-the-same-patients"):
        m, patients = int(v["scans"]), int(v["patients"])
        block = np.full((m, m), v["rho"]) + (1 - v["rho"]) * np.eye(m)
        variance = block.sum() / (m * m) / patients
        assert key_number(one) == pytest.approx(1 / variance, abs=0.51)
        assert list(options(one).values())[-1] == m * patients


def test_the_wrong_reading_changes_what_the_item_says():
    for _, one in drawn("reading-ten-times-too-large"):
        text = one.stem.split("sorted: ")[1].split(".")[0]
        true = np.array([shown(part) for part in text.split(",")])
        stored = true.copy()
        stored[6] *= 10
        assert (np.diff(true) > 0).all()
        assert f"{true[6]:.0f} was stored as {stored[6]:.0f}" in one.stem
        share = next(option for option in one.options if option.id == "share")
        bound = shown(share.text.split()[-1])
        summaries = {
            "median": np.median,
            "mean": np.mean,
            "lower": lambda a: np.quantile(a, 0.25),
            "range": stats.iqr,
            "share": lambda a, bound=bound: (a > bound).mean(),
            "trimmed": lambda a: np.sort(a)[1:-1].mean(),
        }
        same = [name for name, summary in summaries.items() if np.isclose(summary(true), summary(stored))]
        assert sorted(same) == sorted(one.keys)
        # By the other usual definitions of quartiles too.
        for method in ("weibull", "hazen", "median_unbiased", "normal_unbiased", "inverted_cdf"):
            before, after = (np.quantile(a, [0.25, 0.75], method=method) for a in (true, stored))
            assert before[0] == after[0]
            assert before[1] != after[1]


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        ("Regression to the mean", 1),
        ("regression towards the mean", 1),
        ("reversion to the mean", 1),
        ("mean reversion", 1),
        ("the regression effect", 1),
        ("regression fallacy", Fraction(1, 2)),
        ("regression", 0),
        ("linear regression", 0),
        ("selection bias", Fraction(1, 2)),
        ("Hawthorne effect", 0),
        ("Simpson's paradox", 0),
        ("seasonality", 0),
    ],
)
def test_names_of_the_effect_score_as_their_author_means(text: str, earned: Fraction):
    one = item("worst-shops-improve")
    assert spec_of(one).score(one, spec_of(one).response_model(text=text), None).earned == earned


def test_two_sensors_multiply_the_odds():
    for v, one in drawn("two-sensor-posterior"):
        prior, hit, alarm = v["prior"] / 100, v["hit"] / 100, v["alarm"] / 100
        odds = prior / (1 - prior) * (hit / alarm) ** 2
        single = prior / (1 - prior) * hit / alarm
        even = (hit / alarm) ** 2
        answer, slips = answer_and_slips(one)
        assert answer == pytest.approx(odds / (1 + odds))
        assert slips == pytest.approx([single / (1 + single), hit**2, even / (1 + even), prior * hit**2])


def test_the_average_of_models_varies_as_its_covariance_matrix_says():
    for v, one in drawn("correlated-average"):
        m = int(v["models"])
        matrix = v["variance"] * (np.full((m, m), v["rho"]) + (1 - v["rho"]) * np.eye(m))
        weights = np.full(m, 1 / m)
        wanted = weights @ matrix @ weights
        answer, (independent, once, undivided, root) = answer_and_slips(one)
        assert answer == pytest.approx(wanted)
        assert independent == pytest.approx(v["variance"] / m)
        assert once == pytest.approx((independent + wanted) / 2)
        assert undivided == pytest.approx(wanted * m)
        assert root == pytest.approx(math.sqrt(wanted), abs=0.0051)


def test_the_rate_of_the_pumps_has_the_greatest_likelihood():
    for v, one in drawn("censored-rate"):
        failed = np.array([v["t1"], v["t2"], v["t3"]])
        rates = np.linspace(0.01, 0.6, 59_001)
        log = sum(np.log(rates) - rates * t for t in failed) - rates * v["end"]
        answer, (without, all_failed, mean) = answer_and_slips(one)
        assert answer == pytest.approx(rates[log.argmax()], abs=2e-5)
        assert without == pytest.approx(1 / failed.mean())
        assert all_failed == pytest.approx(4 / (failed.sum() + v["end"]))
        assert mean == pytest.approx(1 / answer)


def test_the_converted_items_are_templates_still_under_their_names():
    names = ("principal-axis-share", "low-rank-error", "cosine-to-euclidean", "two-sensor-posterior")
    for name in (*names, "correlated-average", "censored-rate"):
        assert f"foundations.math.{name}" in TEMPLATES
