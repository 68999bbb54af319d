"""A setup whose extractor costs nothing to load and does what the article says: hang, crash, eat memory. Workers import it by name."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.reading import Article
from pipeline.records import Record
from pipeline.workspace.fingerprint import Setup


class Puppet:
    def __init__(self) -> None:
        self.eaten: list[bytes] = []

    def extract_article(self, article: Article) -> Any:
        text = article.text
        if "HANG" in text:
            re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter: no signal handler, no thread comes in between
        if "CRASH" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "TAKEN" in text:  # the first time only, as when somebody ends the worker from outside
            mark = Path(text.split()[1])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if "EAT" in text:
            self.eaten.append(bytes(4 * 1024**3))
        if "GROW" in text:
            self.eaten.append(os.urandom(1024) * 64 * 1024)
        if "SLOW" in text:
            time.sleep(0.05)
        if "FAIL" in text:
            raise ZeroDivisionError("by nought")
        document = {
            "id": article.id, "source": article.source, "media_type": article.media_type, "encoding": article.encoding, "sha256": article.sha256,
            "characters": len(text), "title": None, "date": None, "segments": [],
        }  # fmt: skip
        return Record.model_validate(
            {"document": document, "institutions": [], "dates": [], "copy_counts": [], "agreements": []}
        )


@dataclass(frozen=True, slots=True)
class Fake(Setup):
    broken: bool = False
    elsewhere: bool = False

    def extractor(self) -> Any:
        if self.broken:
            raise ValueError("own.csv: line 3: no name; give one")
        return Puppet()

    def fingerprint(self) -> str:
        return f"fake-{os.getpid()}" if self.elsewhere else "fake"
