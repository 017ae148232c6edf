"""Accidents that befall files: bytes, lines, trees, names and expressions, each drawn from a seeded source."""

import json
import re
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import yaml

TOKENS = [
    *(b"\x00", b"\xff", b"\xc3", b"\t", b"\r", b"\n", b"\n---\n", b"...", b": ", b"- ", b"? ", b"[", b"]", b"{", b"}"),
    *(b"&a ", b"*a", b"!!int ", b"!x ", b"|", b">", b"'", b'"', b"#", b"%", b"@", b"`", b"~", b"null", b"no", b"1:30"),
    *(b"1e9", b"1e99999", b"-1", b"0", b"0x", b"1/0", b"1/3", b".nan", b".inf", b"9" * 30, b"9" * 5000, b"[" * 60),
    *(b"{a: " * 60, b"a:\n " * 50, b"<<: *a\n", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"![x](../../etc/passwd)", b"\\"),
    *(b"\x1b[31m", b"\xf0\x9f\x8e\xb2", b"id: id\n"),
]
"""What YAML, terminals and paths trip over."""

NUMBERS = ["-1", "0", "1e400", "-0", "9" * 400, "0.1e-999", "1/0", "1/3", "1e308", ".inf", "-.nan", "0b1", "1_000", "٣"]

LETTERS = [
    "\u202e", "\u2028", "\ufeff", "\u200b", "e\u0301" * 50, "\ud800", "\U0010ffff", "ﬁ", "\uff21", "İ", "ß", "\x85",
    "\x7f", "\x1b]0;x\x07", "👩‍👩‍👧‍👦" * 20, "\u0627" * 300, "\u0300" * 2000, "\x00",
]  # fmt: skip

EXPRESSIONS = [
    "9**9**9", "factorial(99999)", "comb(10**6, 5 * 10**5)", "'a' * 10**9", "sqrt(-1)", "1/0", "log(0)", "exp(10**6)",
    "exp(-10**9)", "normal_quantile(0)", "normal_quantile(1 - 1/10**400)", "10**400", "(" * 300 + "1" + ")" * 300,
    "1" + "+1" * 5000, "-" * 2000 + "1", "not " * 900 + "1", "[1] * 10**9", "__import__('os')", "().__class__", "x.y",
    "lambda: 1", "f'{1}'", "1 if 1 else " * 400 + "1", "max()", "sum(1)", "round(1/3, 10**9)", "1 % 0", "2 // 0",
    "True", "None", "''", "'{{'", "a := 1", "n" * 4000, "1 < 2 < 3 < 'a'", "abs('x')", "min(1, 'a')", "0.1 ** 0.5",
    "(-8) ** (1/3)", "1e999999", "10 ** -(10**7)", "7 ** 99999 % 5", "comb(-1, 2)", "factorial(1/2)", "\u0661 + 1",
]  # fmt: skip


def some_value(random: Random, depth: int = 0) -> Any:
    """Return a value that JSON can write, of any type and any size that a person may commit."""
    pick = random.randrange(14 if depth < 3 else 10)
    if pick < 10:
        scalars: list[Any] = [
            *(None, True, False, 0, -1, 10**40, 0.1, 1e308, float("inf"), ""),
            *(
                "no",
                "a",
                "x" * 3000,
                "![x](figures/none.png)",
                "{{1/0}}",
                "$\\frac{1}{",
                "2026-02-30",
                "../../x",
                "1/3",
            ),
        ]
        return random.choice([*scalars, random.choice(LETTERS), random.choice(EXPRESSIONS)])
    if pick < 12:
        return [some_value(random, depth + 1) for _ in range(random.choice((0, 1, 2, 40)))]
    return {f"k{n}": some_value(random, depth + 1) for n in range(random.choice((0, 1, 3)))}


_DEEP = (b"[" * 30, b"{a: " * 30, b"- " * 30)


def swap_in_tree(content: bytes, random: Random) -> bytes:
    """Return a YAML file with one to three values of its tree replaced, removed, doubled or exchanged, as JSON."""
    if b"&" in content or any(deep in content for deep in _DEEP):
        return content  # bombs of aliases and deep nests would go off here
    try:
        tree = yaml.load(content, yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeError, ValueError):
        return content
    for _ in range(random.randint(1, 3)):
        places = _places(tree)
        if not places:
            break
        holder, key = random.choice(places)
        match random.randrange(6):
            case 0 | 1 | 2:
                holder[key] = some_value(random)
            case 3:
                del holder[key]
            case 4:
                other, its_key = random.choice(places)
                if json.dumps(holder[key], default=str) not in json.dumps(other[its_key], default=str):
                    holder[key] = json.loads(json.dumps(other[its_key], default=str))
            case 5:
                if isinstance(holder, list):
                    holder.extend(holder[:1] * random.choice((1, 2, 300)))
                else:
                    holder[f"{key}{random.choice(('', 's', ' '))}"] = holder[key]
    return json.dumps(tree, default=_plain, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Return every holder in a tree with each of its keys."""
    found: list[tuple[Any, Any]] = []
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
        found += [(node, key) for key in keys]
        open_nodes += [node[key] for key in keys]
    return found


def flip(content: bytes, random: Random) -> bytes:
    """Turn over single bits."""
    turned = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20))):
        if turned:
            turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
    return bytes(turned)


def cut(content: bytes, random: Random) -> bytes:
    """Leave out the end, the beginning or the middle."""
    at, to = sorted((random.randint(0, len(content)), random.randint(0, len(content))))
    return random.choice((content[:at], content[at:], content[:at] + content[to:]))


def spill_token(content: bytes, random: Random) -> bytes:
    """Put a token in, or over a few bytes."""
    at = random.randint(0, len(content))
    return content[:at] + random.choice(TOKENS) + content[at + random.choice((0, 0, 1, 3, 20)) :]


def repeat(content: bytes, random: Random) -> bytes:
    """Repeat a stretch of bytes."""
    at = random.randint(0, len(content))
    to = at + random.choice((1, 3, 20, 200))
    return content[:at] + content[at:to] * random.choice((2, 5, 100)) + content[to:]


def move_lines(content: bytes, random: Random) -> bytes:
    """Leave out, double, exchange or indent a line."""
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines[one:one] = [lines[one]] * random.choice((1, 1, 50))
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] = b" " * random.randint(0, 6) + lines[one].lstrip()
    return b"\n".join(lines)


def swap_values(content: bytes, random: Random) -> bytes:
    """Exchange what stands behind two colons, or put a token there."""
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    (head, colon, value), (its_head, its_colon, its_value) = lines[one].partition(b":"), lines[other].partition(b":")
    if random.random() < 0.5:
        lines[one], lines[other] = head + colon + its_value, its_head + its_colon + value
    else:
        lines[one] = head + colon + b" " + random.choice(TOKENS)
    return b"\n".join(lines)


def swell_number(content: bytes, random: Random) -> bytes:
    """Put a number that nobody expects in place of one."""
    found = list(re.finditer(rb"\d+(\.\d+)?", content))
    if not found:
        return content
    one = random.choice(found)
    return content[: one.start()] + random.choice(NUMBERS).encode() + content[one.end() :]


def nest(content: bytes, random: Random) -> bytes:
    """Put a deep nest at the place of a value."""
    depth = random.choice((30, 45, 400, 20_000))
    deep = random.choice((b"[" * depth, b"[" * depth + b"]" * depth, b"{a: " * depth + b"}" * depth, b"- " * depth))
    at = content.find(b": ", random.randint(0, len(content))) + 2
    return content[:at] + deep + content[at:]


def bomb(content: bytes, random: Random) -> bytes:
    """Put a bomb of aliases in front or at the end."""
    wide = random.choice((3, 9))
    first = b"a0: &a0 [x" + b", x" * wide + b"]"
    rows = [
        b"a%d: &a%d [%s]" % (depth, depth, b", ".join([b"*a%d" % (depth - 1)] * wide))
        for depth in range(1, random.choice((4, 9, 30)))
    ]
    text = b"\n".join([first, *rows]) + b"\n"
    loop = b"loop: &l [*l]\n"
    return random.choice((text + content, content + b"\n" + text, content + b"\n" + loop))


def spill_letters(content: bytes, random: Random) -> bytes:
    """Put odd letters in."""
    at = random.randint(0, len(content))
    return content[:at] + random.choice(LETTERS).encode("utf-8", "surrogatepass") + content[at:]


def become_binary(content: bytes, random: Random) -> bytes:
    """Become something else altogether."""
    noise = random.randbytes(random.choice((0, 1, 50, 5000)))
    heads = (b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"GIF89a", b"\xff\xd8\xff", b"RIFF\x00\x00WEBP")
    return random.choice(
        (random.choice(heads) + noise, content[:64] + noise, content.decode("latin-1").encode("utf-16"))
    )


def change_expression(content: bytes, random: Random) -> bytes:
    """Put an expression that should not be computed in place of one."""
    found = list(re.finditer(rb"\{\{(.*?)\}\}|(?<=value: \")([^\"]*)(?=\")|(?<=require: \[\")([^\"]*)(?=\")", content))
    if not found:
        return content
    one = random.choice(found)
    group = next(n for n in (1, 2, 3) if one[n] is not None)
    start, end = one.span(group)
    new = random.choice(EXPRESSIONS).encode()
    if random.random() < 0.4:
        new = random.choice((b"(%s) + %s", b"(%s) * (%s)", b"(%s) ** (%s)", b"'%s' + %s")) % (content[start:end], new)
    return content[:start] + new + content[end:]


Accident = Callable[[bytes, Random], bytes]

ANYWHERE: list[Accident] = [flip, cut, spill_token, repeat, move_lines, spill_letters, become_binary]
IN_TEXT: list[Accident] = [*ANYWHERE, swap_values, swell_number, nest]
IN_YAML: list[Accident] = [*IN_TEXT, swap_in_tree, swap_in_tree, swap_in_tree, swell_number, bomb, change_expression]


def mutate(name: str, content: bytes, random: Random) -> bytes:
    """Return the content of a file after one to four accidents of its kind."""
    if name.endswith((".yaml", ".ipynb")):
        accidents = IN_YAML
    elif name.endswith((".csv", ".md", ".py", ".txt")):
        accidents = IN_TEXT
    else:
        accidents = ANYWHERE
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        content = random.choice(accidents)(content, random)
        if b"{{" in content and random.random() < 0.3:
            content = change_expression(content, random)
        # A file beyond this is refused by its size alone, which tests nothing else.
        content = content[:4_000_000]
    return content
