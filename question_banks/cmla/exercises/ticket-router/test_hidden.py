"""Hidden tests of the ticket router: training, routing, faulty requests, report by language."""

import copy
import csv
from pathlib import Path

import numpy as np
import pytest
from solution import forward, language_report, loss_and_gradients, momentum_step, route

HERE = Path(__file__).parent
QUEUES = ["billing", "login", "shipping"]
# Padding at the end, in front and in between, a token that occurs twice, and no token at all.
TOKENS = np.array([[2, 5, 2, 0], [0, 3, 0, 1], [6, 4, 3, 2], [0, 0, 0, 0], [5, 5, 5, 5]])
Y = np.array([0, 2, 1, 1, 0])


def network(seed, tokens=7, width=3, queues=3):
    """Return parameters, none of them zero, not even the embedding of the padding."""
    rng = np.random.default_rng(seed)
    shapes = {"E": (tokens, width), "W": (width, queues), "b": (queues,)}
    return {name: rng.normal(0.0, 0.8, shape) for name, shape in shapes.items()}


def plain_logs(params, tokens):
    """Return the logarithms of the probabilities, ticket by ticket."""
    result = []
    for row in tokens:
        own = [params["E"][token] for token in row if token]
        mean = sum(own) / len(own) if own else np.zeros(params["E"].shape[1])
        z = mean @ params["W"] + params["b"]
        result.append(z - np.logaddexp.reduce(z))
    return np.array(result)


def plain_loss(params, tokens, y):
    return -plain_logs(params, tokens)[np.arange(len(y)), y].mean()


def slopes(params, tokens, y, step=1e-6):
    """Return the gradients by central differences."""
    result = {name: np.zeros_like(values) for name, values in params.items()}
    for name, values in params.items():
        for index in np.ndindex(values.shape):
            losses = []
            for sign in (1.0, -1.0):
                moved = copy.deepcopy(params)
                moved[name][index] += sign * step
                losses.append(plain_loss(moved, tokens, y))
            result[name][index] = (losses[0] - losses[1]) / (2 * step)
    return result


def are_equal(left, right):
    return set(left) == set(right) and all(
        np.array_equal(left[name], right[name]) for name in right
    )


def read(name, vocabulary):
    """Return tokens (n, 14) and queues (n,) of a table; new words join an empty vocabulary."""
    with next(HERE.rglob(name)).open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    if not vocabulary:
        words = sorted({word for row in table for word in row["text"].split()})
        vocabulary.update({word: number for number, word in enumerate(words, 2)})
    tokens = np.zeros((len(table), 14), dtype=int)
    for row, ticket in zip(tokens, table, strict=True):
        words = ticket["text"].split()
        row[: len(words)] = [vocabulary.get(word, 1) for word in words]
    return tokens, np.array([QUEUES.index(row["queue"]) for row in table])


@pytest.fixture
def model():
    return {
        "params": network(5),
        "vocabulary": {"refund": 2, "card": 3, "password": 4, "o'clock": 5, "straße": 6},
        "length": 5,
        "queues": QUEUES,
        "languages": ["en", "de", "fr"],
        "max_requests": 8,
    }


def asked(text="refund", **other):
    return {"id": "t1", "text": text, "language": "en", **other}


def answer(model, tokens, name="t1"):
    """Return the answer to a ticket of these tokens."""
    p = np.exp(plain_logs(model["params"], [tokens])[0])
    return {"id": name, "queue": QUEUES[p.argmax()], "probability": pytest.approx(p.max())}


def errors_of(model, *requests):
    return [result.get("error") for result in route(model, list(requests))]


def is_refused(model, requests, error, word=""):
    """Tell whether a call raises this kind of error, with the word in its message."""
    try:
        route(model, requests)
    except (TypeError, ValueError) as raised:
        return isinstance(raised, error) and word in str(raised)
    return False


def test_probabilities_without_padding_also_far_out():
    params = network(1)
    assert np.asarray(forward(params, TOKENS)) == pytest.approx(np.exp(plain_logs(params, TOKENS)))
    far = {**params, "b": np.array([2000.0, -2000.0, 2000.0 + np.log(3.0)])}
    far["E"] = np.zeros_like(params["E"])
    given = np.asarray(forward(far, TOKENS[3:]))
    assert given == pytest.approx(np.array([[0.25, 0.0, 0.75]] * 2))


def test_gradients_are_the_slopes_of_the_loss():
    for seed, part in ((2, slice(None)), (3, slice(1, 2))):
        params = network(seed)
        given = copy.deepcopy((params, TOKENS[part], Y[part]))
        loss, gradients = loss_and_gradients(*given)
        assert are_equal(given[0], params)
        assert np.array_equal(given[1], TOKENS[part])
        assert loss == pytest.approx(plain_loss(params, TOKENS[part], Y[part]))
        for name, values in slopes(params, TOKENS[part], Y[part]).items():
            assert np.shape(gradients[name]) == values.shape
            assert gradients[name] == pytest.approx(values, abs=1e-6)


@pytest.mark.parametrize("words", [{}, {"momentum": 0.5, "weight_decay": 0.3}])
@pytest.mark.parametrize("nesterov", [{}, {"nesterov": True}])
def test_a_step_with_momentum_and_decay(words, nesterov):
    given = network(6), network(7), network(8)
    params, velocity, gradients = copy.deepcopy(given)
    after, moving = momentum_step(*given, 0.1, **words, **nesterov)
    for left, right in zip(given, (params, velocity, gradients), strict=True):
        assert are_equal(left, right)
    momentum, decay = words.get("momentum", 0.9), words.get("weight_decay", 0.0)
    for name in params:
        g = gradients[name] + (decay * params[name] if name in "EW" else 0.0)
        expected = momentum * velocity[name] + g
        step = g + momentum * expected if nesterov else expected
        assert moving[name] == pytest.approx(expected)
        assert after[name] == pytest.approx(params[name] - 0.1 * step)


def test_at_least_80_percent_of_unseen_tickets_are_routed_right():
    vocabulary = {}
    tokens, y = read("train.csv", vocabulary)
    params = network(9, tokens=len(vocabulary) + 2, width=6)
    velocity = {name: np.zeros_like(values) for name, values in params.items()}
    for _ in range(40):
        _, gradients = loss_and_gradients(params, tokens, y)
        params, velocity = momentum_step(
            params, velocity, gradients, 1.0, momentum=0.9, weight_decay=0.001, nesterov=True
        )
    tokens, y = read("tickets.csv", vocabulary)
    assert (np.asarray(forward(params, tokens)).argmax(axis=1) == y).mean() >= 0.80


def test_texts_become_tokens_as_in_training(model):
    texts = {
        "refund": [2],
        "  CARD,\trefund: Card!\n": [3, 2, 3],
        "?! (refund) o'clock. STRASSE straße": [1, 5, 1, 6],
        "password card refund card card refund": [4, 3, 2, 3, 3],
        "; hm re.fund password;": [1, 1, 4],
    }
    requests = [asked(text, id=f"t{i}") for i, text in enumerate(texts)]
    before = copy.deepcopy(requests)
    results = route(model, requests)
    assert requests == before
    for i, tokens in enumerate(texts.values()):
        assert results[i] == answer(model, tokens, f"t{i}")
    assert len({result["queue"] for result in results}) > 1


def test_no_requests_ties_and_scores_far_out(model):
    assert route(model, []) == []
    model["params"]["W"] = np.zeros((3, 3))
    model["params"]["b"] = np.array([-2000.0, 2000.0, 2000.0])
    assert route(model, [asked()]) == [{"id": "t1", "queue": "login", "probability": 0.5}]


def test_one_faulty_request_does_not_stop_the_others(model):
    requests = [asked(), ["t2"], asked("card", id="t3"), asked("...", id="t4"), asked(id="t5")]
    results = route(model, requests)
    assert results[0] == answer(model, [2])
    assert results[1] == {"id": None, "error": "request"}
    assert results[2] == answer(model, [3], "t3")
    assert results[3] == {"id": "t4", "error": "text"}
    assert results[4] == answer(model, [2], "t5")


def test_each_fault_has_its_code(model):
    faults = [
        (asked(id=7), "id"),
        (asked(id=""), "id"),
        ({"text": "refund", "language": "en"}, "id"),
        (asked(colour="red"), "field"),
        (asked(None), "text"),
        (asked(["refund"]), "text"),
        (asked("\n ! "), "text"),
        ({"id": "t1", "language": "en"}, "text"),
        (asked(language="it"), "language"),
        (asked(language=None), "language"),
        ({"id": "t1", "text": "refund"}, "language"),
        (None, "request"),
    ]
    for request, code in faults:
        name = None if code in ("id", "request") else "t1"
        assert route(model, [request]) == [{"id": name, "error": code}]


def test_the_first_fault_of_the_table_is_told_and_ids_are_used_once(model):
    wrong = {"id": "t1", "text": "", "language": "it", "colour": "red"}
    assert errors_of(model, wrong, wrong) == ["field", "duplicate"]
    assert errors_of(model, asked("", language="it")) == ["text"]
    assert errors_of(model, {**wrong, "id": 1}) == ["id"]
    assert route(model, [asked(), asked("card")])[1] == {"id": "t1", "error": "duplicate"}
    assert errors_of(model, asked(), asked(id="T1"), asked()) == [None, None, "duplicate"]
    assert errors_of(model, asked(id=""), asked(id=None), 5, "t") == ["id", "id"] + ["request"] * 2


def test_what_is_not_a_list_and_too_many_requests_are_refused(model):
    requests = [asked(id=str(number)) for number in range(9)]
    assert errors_of(model, *requests[:8]) == [None] * 8
    assert is_refused(model, requests, ValueError, "8")
    assert is_refused(model, tuple(requests[:2]), TypeError)
    assert is_refused(model, asked(), TypeError)
    assert is_refused({**model, "max_requests": 3}, requests[:4], ValueError, "3")


def report_of(sizes, **words):
    """Report languages of which so many tickets are right, wrong and refused."""
    routed = [
        given
        for right, wrong, refused in sizes.values()
        for given in ["login"] * right + ["billing"] * wrong + [None] * refused
    ]
    language = [name for name in sizes for _ in range(sum(sizes[name]))]
    return language_report(["login"] * len(routed), routed, language, list(sizes), **words)


def test_report_by_hand():
    report = report_of({"en": (32, 6, 2), "de": (12, 9, 9), "fr": (24, 10, 6)}, ratio=0.75)
    assert report["best"] == pytest.approx(0.8)
    assert list(report["languages"]) == ["en", "de", "fr"]
    english, german, french = report["languages"].values()
    assert (english["n"], german["n"], french["n"]) == (40, 30, 40)
    assert english["refused_rate"] == pytest.approx(2 / 40)
    assert german["refused_rate"] == pytest.approx(9 / 30)
    assert german["accuracy"] == pytest.approx(12 / 30)
    assert french["accuracy"] == pytest.approx(24 / 40)
    assert [bool(entry["flagged"]) for entry in (english, german)] == [False, True]
    # 0.8 of the best is enough where nothing else is said.
    report = report_of({"en": (30, 0, 0), "de": (24, 6, 0), "fr": (23, 7, 0)})
    assert [bool(entry["flagged"]) for entry in report["languages"].values()] == [0, 0, 1]
    report = report_of({"en": (20, 20, 0), "de": (14, 26, 0)})
    assert [bool(entry["flagged"]) for entry in report["languages"].values()] == [0, 1]


def test_small_languages_say_nothing_and_do_not_count_for_the_best():
    nothing = {"refused_rate": None, "accuracy": None, "flagged": None}
    report = report_of({"en": (15, 15, 0), "de": (29, 0, 0), "fr": (0, 0, 0)})
    assert report["languages"]["de"] == {"n": 29, **nothing}
    assert report["languages"]["fr"] == {"n": 0, **nothing}
    assert report["best"] == 0.5
    assert not report["languages"]["en"]["flagged"]
    report = report_of({"en": (0, 1, 0), "fr": (0, 0, 0)}, min_tickets=0)
    assert report["languages"]["fr"] == {"n": 0, **nothing}
    assert report["languages"]["en"]["accuracy"] == 0
    assert report["best"] == 0


def test_no_tickets_unknown_languages_and_unequal_lengths():
    assert language_report([], [], [], []) == {"languages": {}, "best": None}
    with pytest.raises(ValueError):
        language_report(["login"], ["login"], ["it"], ["en", "de"])
    for lengths in ((2, 1, 1), (1, 2, 1), (1, 1, 2)):
        with pytest.raises(ValueError):
            language_report(*(["en"] * length for length in lengths), ["en"])
