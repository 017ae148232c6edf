"""Write data/train.csv and holdout/tickets.csv: words of support tickets, from a fixed seed."""

from pathlib import Path

import numpy as np

SEED = 20272
HERE = Path(__file__).parent
WORDS = {
    "billing": "invoice refund charged card payment price tax receipt twice amount bank discount",
    "login": "password locked code email account reset username sign expired browser link phone",
    "shipping": "parcel late courier address tracking box damaged missing delivery lost depot door",
}
COMMON = "please hello the my was order help since again still today not after with we again"
QUEUES = list(WORDS)


def write_tickets(rng: np.random.Generator, count: int, path: Path) -> None:
    """Write `count` tickets of 3 to 14 words; a third of the words tell the queue at best."""
    lines = ["text,queue"]
    for queue in rng.choice(QUEUES, count, p=[0.4, 0.35, 0.25]):
        words = []
        for draw in rng.random(rng.integers(3, 15)):
            if draw < 0.3:
                words.append(rng.choice(WORDS[queue].split()))
            elif draw < 0.42:
                words.append(rng.choice(WORDS[rng.choice(QUEUES)].split()))
            else:
                words.append(rng.choice(COMMON.split()))
        lines.append(f"{' '.join(words)},{queue}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    rng = np.random.default_rng(SEED)
    write_tickets(rng, 300, HERE / "data" / "train.csv")
    write_tickets(rng, 600, HERE / "holdout" / "tickets.csv")


if __name__ == "__main__":
    main()
