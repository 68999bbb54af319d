"""Sketches: how alike two texts are, from a few hundred bytes of each.

A text is the set of its shingles, four folded words in a row, so that case, script and spelling of apostrophes do not count. Its
sketch is a one-permutation MinHash (Li, Owen, Zhang 2012): each shingle's hash falls into one of 64 bins, a bin keeps its least; an
empty bin borrows from the next full one (Shrivastava, Li 2014). The share of equal bins estimates the Jaccard similarity of the
sets, with a standard error of at most 0.063. Bands of five bins are what a manifest looks up: texts of similarity s meet in at least one of 12 with
probability 1 - (1 - s^5)^12, that is 0.9999 at 0.9, 0.99 at 0.8, 0.31 at 0.5.

Beside it stand the *facts* of a text, hashes of its capitalised words, of its numbers, and of each number with the word after it: a text whose facts
another has all has nothing to add.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

from pipeline.text.tokens import Kind, tokenize

__all__ = ["BANDS", "NEAR", "Sketch", "sketch_of"]

NEAR = 0.8  # texts as alike as this are near-duplicates
BANDS = 12
_ROWS = 5
_BINS = 64
_FEWEST = 12  # words; a shorter text is no press release, and its sketch would be noise
_LONGEST = 400_000  # characters
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """bins: 64 times 16 bits, little-endian. facts: sorted 16-bit hashes of the facts, each once."""

    bins: bytes
    facts: bytes

    def __reduce__(self) -> tuple[type[Sketch], tuple[bytes, bytes]]:
        return Sketch, (self.bins, self.facts)

    def bands(self) -> list[int]:
        """Return the keys of its buckets: signed 64-bit integers, each band's own."""
        return [
            int.from_bytes(blake2b(self.bins[2 * _ROWS * band : 2 * _ROWS * (band + 1)] + bytes([band]), digest_size=8).digest(), "little", signed=True)
            for band in range(BANDS)
        ]  # fmt: skip

    def similarity(self, other: Sketch) -> float:
        """Return the estimated Jaccard similarity, 0 to 1."""
        mine, theirs = memoryview(self.bins).cast("H"), memoryview(other.bins).cast("H")
        return sum(a == b for a, b in zip(mine, theirs, strict=True)) / _BINS

    def adds_nothing_to(self, other: Sketch) -> bool:
        """Return whether every fact of this text is one of the other's."""
        return set(memoryview(self.facts).cast("H")) <= set(memoryview(other.facts).cast("H"))


def sketch_of(text: str) -> Sketch | None:
    """Return the sketch of a text; None where it has too few words for one, or is a book."""
    if len(text) > _LONGEST:
        return None
    tokens = tokenize(text, running=False)
    sign, numeral = Kind.SIGN, Kind.NUMBER
    words: list[int] = []
    facts: set[int] = set()
    number = 0  # the one just read: it counts with the word after it
    for kind, folded, upper in zip(tokens.kind, tokens.fold, tokens.upper, strict=True):
        if kind is sign:
            continue
        hashed = _hashed(folded)
        words.append(hashed)
        if number:
            facts.add((number * 31 + hashed) & 0xFFFF)
        number = hashed if kind is numeral else 0
        if number or upper:
            facts.add(hashed & 0xFFFF)
    if len(words) < _FEWEST:
        return None
    return Sketch(_bins(words), _packed(sorted(facts)))


@lru_cache(maxsize=1 << 15)
def _hashed(folded: str) -> int:
    return crc32(folded.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 14)
def _begun(word: int) -> int:
    """The first round of mixing, which depends on one word only."""
    mixed = (word * _MIX) & _MASK
    return mixed ^ (mixed >> 29)


def _bins(words: list[int]) -> bytes:
    """One pass over the shingles, each mixed to 64 bits: the high six choose the bin, the rest is the value."""
    least = [_MASK] * _BINS
    mix, mask = _MIX, _MASK
    # Three rounds written out: this loop is most of what a sketch costs.
    for mixed, second, third, fourth in zip(map(_begun, words), words[1:], words[2:], words[3:], strict=False):
        mixed = ((mixed ^ second) * mix) & mask
        mixed = (((mixed ^ (mixed >> 29)) ^ third) * mix) & mask
        mixed = (((mixed ^ (mixed >> 29)) ^ fourth) * mix) & mask
        mixed ^= mixed >> 29
        place = mixed >> 58
        if mixed < least[place]:
            least[place] = mixed
    full = [index for index, value in enumerate(least) if value != _MASK]
    bins = []
    position = 0
    for index in range(_BINS):
        while position < len(full) and full[position] < index:
            position += 1
        source = full[position] if position < len(full) else full[0]
        # A borrowed value is made another one by its distance, so that two empty bins do not count as two meetings.
        bins.append(((least[source] + (source - index) % _BINS * _MIX) >> 16) & 0xFFFF)
    return _packed(bins)


def _packed(numbers: Iterable[int]) -> bytes:
    values = list(numbers)
    return struct.pack(f"<{len(values)}H", *values)
