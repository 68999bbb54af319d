"""Answers are asked for once, and never go wrong when there are too many of them."""

from __future__ import annotations

from pipeline.text import kept


def test_each_word_is_asked_for_once():
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = kept.Kept(length)
    assert [lengths[word] for word in ("one", "three", "one", "")] == [3, 5, 3, 0]
    assert asked == ["one", "three", ""]


def test_it_is_emptied_when_full_and_answers_on(monkeypatch):
    monkeypatch.setattr(kept, "_MOST", 3)
    lengths = kept.Kept(len)
    assert [lengths["a" * size] for size in range(10)] == list(range(10))
    assert len(lengths) <= 3
    assert lengths["a"] == 1
