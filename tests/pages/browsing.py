"""What the tests of the pages ask of a page in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Opened", "Visit", "assert_readable"]


@dataclass(slots=True)
class Visit:
    """A page that is open, what it wrote to its console, and which addresses it asked for."""

    page: Any
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Opened = Callable[..., Any]

# For each piece of text that can be seen: its words, and how far its colour stands out from what is behind it (WCAG 2.2, 1.4.3).
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, style, select")) continue;
    const pair = [rgb(getComputedStyle(element).color).slice(0, 3), behind(element)].map(light).sort((a, b) => b - a);
    found.push([walker.currentNode.data.trim().slice(0, 40), (pair[0] + 0.05) / (pair[1] + 0.05)]);
  }
  return found;
}"""


def assert_readable(page: Any) -> None:
    """Each text has a contrast of 4.5 or more; nothing sticks out at the side; ids are there once; every field has a name."""
    texts = page.evaluate(CONTRAST)
    assert len(texts) > 10
    assert [text for text in texts if text[1] < 4.5] == []
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))
    fields = page.evaluate(
        "[...document.querySelectorAll('select, input, button')].map((one) => (one.labels?.[0] ?? one).textContent.trim())"
    )
    assert all(fields)
