"""How well near-duplicates are told: made pairs of which the true similarity is known, and articles that have nothing to do with each other.

    python benchmarks/near.py [--articles 400]

For each kind of change: how many pairs are truly near (Jaccard similarity of their shingles at least `sketch.NEAR`), how many of those share a bucket and
so are looked at, how many pairs are called near, and how many of those are not extracted because they add no number and no name. The last line
is what must not happen: an article in which one number is another one, taken for a repetition.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable

from articles import made

from pipeline.text.tokens import Kind, tokenize
from pipeline.text.transliteration import to_latin
from pipeline.workspace.sketch import NEAR, Sketch, sketch_of

RANDOM = random.Random(5)


def edited(share: float) -> Callable[[str], str]:
    """Return what changes a share of the words: replaced by, or followed by, another word of the text, or left out."""

    def change(text: str) -> str:
        words = text.split(" ")
        for _ in range(max(1, int(len(words) * share))):
            place = RANDOM.randrange(len(words))
            word = RANDOM.choice(words).lower()
            words[place : place + 1] = RANDOM.choice([[word], [word], [words[place], word], []])
        return " ".join(words)

    return change


CHANGES: dict[str, Callable[[str], str]] = {
    "1 % of the words": edited(0.01),
    "2 % of the words": edited(0.02),
    "5 % of the words": edited(0.05),
    "10 % of the words": edited(0.10),
    "head and foot of a site": lambda text: (
        f"Yangiliklar > Madaniyat\n{text}\nManba: sayt. Barcha huquqlar himoyalangan. Koʻrildi: 154"
    ),
    "last tenth left out": lambda text: text[: int(len(text) * 0.9)],
    "the other script": to_latin,
}


def truth(left: str, right: str) -> float:
    """Return the Jaccard similarity of two texts' shingles."""
    sets = []
    for text in (left, right):
        tokens = tokenize(text, running=False)
        folds = [fold for fold, kind in zip(tokens.fold, tokens.kind, strict=True) if kind is not Kind.SIGN]
        sets.append({tuple(folds[start : start + 4]) for start in range(len(folds) - 3)})
    return len(sets[0] & sets[1]) / max(1, len(sets[0] | sets[1]))


def near(left: Sketch, right: Sketch) -> bool:
    """Return whether two sketches meet in a bucket and are alike enough."""
    return bool(set(left.bands()) & set(right.bands())) and left.similarity(right) >= NEAR


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    texts = [text for _, text in made(parser.parse_args().articles, seed=9)]
    sketches = [sketch for text in texts if (sketch := sketch_of(text)) is not None]
    assert len(sketches) == len(texts)
    for name, change in CHANGES.items():
        pairs = [
            (text, sketch, other)
            for text, sketch in zip(texts, sketches, strict=True)
            if (other := change(text)) != text
        ]
        found = [
            (truth(text, other), sketch, made_)
            for text, sketch, other in pairs
            if (made_ := sketch_of(other)) is not None
        ]
        really = [near(sketch, other) for similarity, sketch, other in found if similarity >= NEAR]
        called = [
            (similarity, other.adds_nothing_to(sketch)) for similarity, sketch, other in found if near(sketch, other)
        ]
        print(
            f"{name:26} {len(found):4} pairs, {len(really):4} truly near, {sum(really):4} of them called so; {len(called):4} called near, "
            f"the least alike {min((similarity for similarity, _ in called), default=1):.2f}; {sum(adds for _, adds in called):4} not extracted"
        )
    others = [(left, right) for left in range(len(texts)) for right in range(left + 4, len(texts), 4)]
    print(
        f"{len(others)} pairs of other articles of one language: {sum(near(sketches[a], sketches[b]) for a, b in others)} called near"
    )
    wrong = total = 0
    for text, sketch in zip(texts, sketches, strict=True):
        numbers = list(re.finditer(r"\d+", text))
        if not numbers:
            continue
        number = RANDOM.choice(numbers)
        other = sketch_of(f"{text[: number.start()]}{int(number[0]) + RANDOM.randint(1, 9)}{text[number.end() :]}")
        total += 1
        wrong += other is not None and near(sketch, other) and other.adds_nothing_to(sketch)
    print(f"one number changed: {wrong} of {total} taken for a repetition")


if __name__ == "__main__":
    main()
