"""Items of every type with drawn keys and rules, and responses of theirs: sensible, empty, odd and hostile."""

from typing import Any

from hypothesis import strategies as st

from builders import a_multiple_response, an_item, options_of
from demo_form import a_numeric
from examengine.itemtypes.item import Item
from examengine.itemtypes.registry import spec_of
from itemtypes.examples import a_gap_choice, a_matching, a_series, a_short_text, an_ordering, statements_of

LETTERS = "abcdefgh"
DRAWN_TYPES = (
    "multiple_choice",
    "multiple_response",
    "yes_no_series",
    "ordering",
    "matching",
    "gap_choice",
    "numeric",
    "short_text",
)


def options(count: int) -> list[dict[str, str]]:
    return options_of(*(f"text {letter}" for letter in LETTERS[:count]))


@st.composite
def multiple_choices(draw: st.DrawFn) -> Item:
    count = draw(st.integers(2, 8))
    return an_item(options=options(count), key=draw(st.sampled_from(LETTERS[:count])))


@st.composite
def multiple_responses(draw: st.DrawFn) -> Item:
    count = draw(st.integers(3, 7))
    keys = draw(st.lists(st.sampled_from(LETTERS[:count]), min_size=1, max_size=count - 1, unique=True))
    rule = draw(st.sampled_from(["all_or_nothing", "net_correct", "each_option", "coverage"]))
    return a_multiple_response(options=options(count), keys=keys, choose="all", rule=rule)


@st.composite
def series(draw: st.DrawFn) -> Item:
    answers = draw(st.lists(st.sampled_from(["yes", "no"]), min_size=2, max_size=6).filter(lambda a: len(set(a)) == 2))
    labels = draw(st.sampled_from(["Yes/No", "True/False"]))
    rule = draw(st.sampled_from(["proportional", "all_or_nothing"]))
    return a_series(statements=statements_of(*answers), rule=rule, labels=labels)


@st.composite
def orderings(draw: st.DrawFn) -> Item:
    count = draw(st.integers(2, 6))
    order = draw(st.lists(st.sampled_from(LETTERS[:count]), min_size=2, max_size=count, unique=True))
    rule = draw(st.sampled_from(["all_or_nothing", "position", "longest_common_subsequence", "adjacent"]))
    return an_ordering(options=options(count), order=order, rule=rule)


@st.composite
def matchings(draw: st.DrawFn) -> Item:
    prompts = [f"p{n}" for n in range(draw(st.integers(2, 5)))]
    reuse = draw(st.booleans())
    count = draw(st.integers(2 if reuse else len(prompts), 6))
    lists = st.lists(
        st.sampled_from(LETTERS[:count]), min_size=len(prompts), max_size=len(prompts), unique=not reuse
    ).filter(lambda used: len(set(used)) > 1)
    return a_matching(
        prompts=[{"id": name, "text": f"Prompt {name}"} for name in prompts],
        options=options(count),
        key=dict(zip(prompts, draw(lists), strict=True)),
        reuse=reuse,
        rule=draw(st.sampled_from(["all_or_nothing", "proportional"])),
    )


@st.composite
def gap_choices(draw: st.DrawFn) -> Item:
    shares_words = draw(st.booleans())
    count, size = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    keys = draw(st.lists(st.sampled_from(LETTERS[:size]), min_size=count, max_size=count))
    if shares_words and count > 1 and len(set(keys)) == 1:
        keys[0] = "b" if keys[0] == "a" else "a"
    gaps = [
        {
            "id": f"g{n}",
            "key": key,
            "options": options(size) if shares_words else options_of(*(f"{n} {one}" for one in LETTERS[:size])),
        }
        for n, key in enumerate(keys)
    ]
    text = " then ".join(f"[[g{n}]]" for n in range(count))
    rule = draw(st.sampled_from(["proportional", "all_or_nothing"]))
    return a_gap_choice(gaps=gaps, text=text, rule=rule)


@st.composite
def numerics(draw: st.DrawFn) -> Item:
    answer = draw(st.fractions(min_value=-1000, max_value=1000, max_denominator=100))
    band = draw(st.sampled_from([{"absolute": "1/10"}, {"relative": "1/10"}, {"significant_figures": 2}]))
    return a_numeric(answer=answer, tolerance=[band], slips=[])


@st.composite
def short_texts(draw: st.DrawFn) -> Item:
    words = draw(st.lists(st.text("abcXYZ -", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=3))
    how = {
        "case": draw(st.sampled_from(["fold", "keep"])),
        "spaces": draw(st.sampled_from(["collapse", "remove"])),
        "accents": draw(st.sampled_from(["keep", "drop"])),
    }
    return a_short_text(answers=[{"text": word} for word in words], patterns=[], slips=[], normalise=how)


ITEMS = {
    "multiple_choice": multiple_choices(),
    "multiple_response": multiple_responses(),
    "yes_no_series": series(),
    "ordering": orderings(),
    "matching": matchings(),
    "gap_choice": gap_choices(),
    "numeric": numerics(),
    "short_text": short_texts(),
}
CHOSEN = ("multiple_choice", "multiple_response", "yes_no_series", "ordering", "matching", "gap_choice")
"""Types whose every response can be listed."""

_IDS = st.one_of(st.sampled_from([*LETTERS, "s1", "s2", "p0", "p1", "g0", "g1", "nobody"]))


@st.composite
def items(draw: st.DrawFn, names: tuple[str, ...] = DRAWN_TYPES) -> Item:
    return draw(ITEMS[draw(st.sampled_from(names))])


@st.composite
def items_with_response(draw: st.DrawFn, names: tuple[str, ...] = CHOSEN) -> tuple[Item, Any]:
    """An item and one of its possible responses."""
    item = draw(items(names))
    space = spec_of(item).responses(item)
    return item, space.at(draw(st.integers(0, space.count - 1)))


def odd_responses(item: Item) -> st.SearchStrategy[Any]:
    """Responses that the model takes, of ids that may belong nowhere."""
    model = spec_of(item).response_model
    match item.type:
        case "multiple_choice":
            data = st.fixed_dictionaries({"option": st.one_of(st.none(), _IDS)})
        case "multiple_response":
            data = st.fixed_dictionaries({"options": st.lists(_IDS, max_size=12)})
        case "yes_no_series":
            data = st.fixed_dictionaries({"answers": st.dictionaries(_IDS, st.sampled_from(["yes", "no"]))})
        case "ordering":
            data = st.fixed_dictionaries({"order": st.lists(_IDS, max_size=12, unique=True)})
        case "matching":
            data = st.fixed_dictionaries({"pairs": st.dictionaries(_IDS, _IDS)})
        case "gap_choice":
            data = st.fixed_dictionaries({"gaps": st.dictionaries(_IDS, _IDS)})
        case _:
            data = st.fixed_dictionaries({"text": st.text(max_size=60)})
    return data.map(model.model_validate)
