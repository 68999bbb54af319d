"""What a workspace has to stand: runs that are killed, files that are hostile, many articles. Each prints what it found as JSON and ends with 1 where a promise was broken.

    python benchmarks/hardship.py kills --runs 200          runs killed at random moments until one hundred articles stand, again and again
    python benchmarks/hardship.py hostile --files 10000     random bytes, broken PDF and DOCX, zip bombs, 10 MB lines, mixed encodings
    python benchmarks/hardship.py scale --articles 100000   memory of the parent, and how much faster the second run is

Work goes on in --folder (a new temporary one by default). Each step calls `hamkor` as a user does.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from articles import made, write_folder
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from pipeline.workspace import Workspace

HOME = Path(__file__).resolve().parent.parent
HAMKOR = [sys.executable, "-m", "pipeline.cli"]


def command(*arguments: object) -> list[str]:
    """Return the call of a command of hamkor."""
    return [*HAMKOR, *map(str, arguments)]


def checked(workspace: Path, wanted: set[bytes]) -> dict[str, Any]:
    """Return what is wrong with what stands: texts lost, doubled, or with a span that is not their slice."""
    seen: Counter[bytes] = Counter()
    crooked = 0
    with Workspace.open(workspace) as opened:
        for change in opened.changes():
            assert change.record is not None and change.text is not None
            seen[change.text.encode()] += 1
            spans = [mention for institution in change.record.institutions for mention in institution.mentions]
            crooked += any(change.text[span.start : span.end] != span.text for span in spans)
        states = opened.states()
        runs = opened.runs()
    return {
        "lost": len(wanted - set(seen)),
        "foreign": len(set(seen) - wanted),
        "doubled": sum(number - 1 for number in seen.values()),
        "crooked": crooked,
        "states": states,
        "runs": len(runs),
        "unfinished": sum(run.finished is None for run in runs),
        "half_shards": len(list(workspace.glob("*/*/*.part"))),
    }


def kills(folder: Path, *, runs: int, articles: int, workers: int, seed: int) -> dict[str, Any]:
    """Kill run after run with SIGKILL at a random moment; now and then let one finish and begin with a new set. Parent and workers die alike."""
    random_ = random.Random(seed)
    killed = rounds = 0
    moments: Counter[str] = Counter()
    broken: list[dict[str, Any]] = []
    longest = 20.0
    while killed < runs:
        source, workspace = folder / f"articles-{rounds}", folder / f"workspace-{rounds}"
        write_folder(source, articles, seed=seed + rounds)
        wanted = {text.encode() for _, text in made(articles, seed=seed + rounds)}
        call = command("ingest", source, "--into", workspace, "--workers", workers, "--quiet")
        for _ in range(random_.randint(5, 15)):
            if killed >= runs:
                break
            process = subprocess.Popen(call, cwd=HOME, stderr=subprocess.DEVNULL, start_new_session=True)
            begun = time.monotonic()
            try:
                process.wait(
                    random_.uniform(0.0, longest) if random_.random() < 0.5 else random_.uniform(0.0, longest / 4)
                )
                longest = max(2.0, 0.9 * longest + 0.1 * (time.monotonic() - begun))
                moments["finished before the kill"] += 1
            except subprocess.TimeoutExpired:
                if random_.random() < 0.7:
                    os.killpg(process.pid, signal.SIGKILL)
                else:  # the parent alone: its workers have to see it
                    process.kill()
                process.wait()
                killed += 1
            moments[_moment(workspace)] += 1
        subprocess.run(call, cwd=HOME, check=True, stderr=subprocess.DEVNULL)
        found = checked(workspace, wanted)
        if found["lost"] or found["foreign"] or found["doubled"] or found["crooked"] or found["half_shards"]:
            broken.append(found)
        rounds += 1
        print(json.dumps({"killed": killed, "round": rounds, **found}), file=sys.stderr, flush=True)
        shutil.rmtree(source)
        shutil.rmtree(workspace)
    return {
        "killed": killed,
        "rounds": rounds,
        "articles": articles * rounds,
        "states after a kill": dict(moments),
        "broken": broken,
    }


def _moment(workspace: Path) -> str:
    """How far a run had come when it was killed."""
    if not (workspace / "manifest.sqlite").exists():
        return "no manifest"
    if list(workspace.glob("*/*/*.part")):
        return "a shard half written"
    with Workspace.open(workspace) as opened:
        standing = opened.states().get("ok", 0)
    shards = len(list(workspace.glob("records/*/*.jsonl")))
    return "nothing stands" if not standing else f"some stand, {'one shard' if shards == 1 else 'several shards'}"


def hostile(folder: Path, *, files: int, workers: int, timeout: float, seed: int) -> dict[str, Any]:
    """Take in hostile files and look whether each has one outcome, and none took longer than it may."""
    source, workspace = folder / "hostile", folder / "workspace"
    source.mkdir(parents=True)
    size = 0
    for number, (name, data) in enumerate(nasty(files, random.Random(seed))):
        path = source / f"{number // 1000:03d}" / f"{number:06d}-{name}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        size += len(data)
    begun = time.monotonic()
    call = command("ingest", source, "--into", workspace, "--workers", workers, "--timeout", timeout, "--json-logs")
    done = subprocess.run(call, cwd=HOME, stderr=subprocess.PIPE, text=True)
    seconds = time.monotonic() - begun
    events = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    status = json.loads(
        subprocess.run(command("status", workspace, "--json"), cwd=HOME, stdout=subprocess.PIPE, text=True).stdout
    )
    outcomes = status["runs"][-1]["outcomes"]
    again = subprocess.run(
        command("ingest", source, "--into", workspace, "--quiet"), cwd=HOME, stderr=subprocess.PIPE, text=True
    )
    second = json.loads(
        subprocess.run(command("status", workspace, "--json"), cwd=HOME, stdout=subprocess.PIPE, text=True).stdout
    )
    return {
        "files": files,
        "megabytes": round(size / 1e6),
        "exit": done.returncode,
        "outcomes": outcomes,
        "with one outcome": sum(outcomes.values()),
        "why": Counter(event["type"] for event in events if event["event"] in ("failed", "timed_out")),
        "workers": Counter(event["message"].rpartition(": ")[2] for event in events if event["event"] == "worker"),
        "seconds": round(seconds, 1),
        "limit a file": timeout,
        "second run": [again.returncode, second["runs"][-1]["outcomes"]],
        "broken": [] if sum(outcomes.values()) == files and done.returncode == 1 else [done.stderr[-2000:]],
    }


def nasty(count: int, random_: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of hostile files; one in fifty is an honest article."""
    texts = [text for _, text in made(40, seed=random_.randint(1, 10**6))]
    pdf, docx = _pdf(texts[0]), _docx(texts[1])
    encodings = ("utf-8", "cp1251", "koi8_r", "cp866", "utf-16", "utf-16-be", "utf-32", "mac_cyrillic", "cp1254")
    for number in range(count):
        text = random_.choice(texts)
        kind = number % 50
        if kind == 0:
            yield "honest.txt", f"{text}{number}".encode()
        elif number % 1000 in (1, 2, 3):  # one single line of 10 MB: letters, digits, or real sentences
            line = {1: "а" * 5_000_000, 2: "7" * 10_000_000, 3: " ".join(texts * 200).replace("\n", " ")}[number % 1000]
            yield "line.txt", f"{line}{number}".encode()[:10_000_000]
        elif number % 1000 == 4:
            yield "bomb.docx", _bomb(random_)
        elif kind < 10:
            suffix = random_.choice(["txt", "html", "pdf", "docx", "md"])
            yield f"noise.{suffix}", random_.randbytes(random_.choice([1, 2, 3, 7, 100, 5_000, 200_000]))
        elif kind < 18:
            yield "cut.pdf", _hurt(pdf, random_)
        elif kind < 26:
            yield "cut.docx", _hurt(docx, random_)
        elif kind < 34:
            parts = [piece.encode(random_.choice(encodings), "replace") for piece in text.split("\n")]
            yield "mixed.txt", random_.choice([b"\n", b"\r", b"\0", b""]).join(parts)
        elif kind < 40:
            page = f"<html><body>{'<div>' * random_.randint(1, 3_000)}<p>{text}<{random_.choice(['p', '!--', 'script', '![CDATA[', 'a href=' + chr(34)])}"
            yield "open.html", page.encode()
        elif kind < 44:
            piece = random_.choice(
                [
                    "-\n",
                    "«",
                    "к о м ",
                    "2014-",
                    "\u0301",
                    "\u202e",
                    "\ufeff",
                    "of\nA\n",
                    "12 нусха ",
                    "(",
                    "\x00\x1b[2J",
                    "=cmd|' /C calc'!A1 ",
                    "'; DROP TABLE articles; --",
                ]
            )
            yield "again.txt", (piece * random_.randint(1, 20_000)).encode()
        else:
            yield (
                random_.choice([f"twin-{number % 7}.txt", "x" * 200 + ".txt", "имя с пробелом.txt", "%00.txt"]),
                random_.choice([b"", b"\n", text.encode()[: random_.randint(1, 3_000)]]),
            )


def _hurt(data: bytes, random_: random.Random) -> bytes:
    """A file cut off, or with some bytes changed."""
    if random_.random() < 0.5:
        return data[: random_.randint(1, len(data))]
    hurt = bytearray(data)
    for _ in range(random_.choice([1, 5, 50])):
        hurt[random_.randrange(len(hurt))] = random_.randrange(256)
    return bytes(hurt)


def _bomb(random_: random.Random) -> bytes:
    """A document of a few hundred kilobytes that unfolds to as many megabytes; half of them lie about their size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = b"<w:p/>" * random_.choice([10_000_000, 50_000_000])
        archive.writestr(
            "word/document.xml",
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            + body
            + b"</w:document>",
        )
    data = out.getvalue()
    if random_.random() < 0.5:
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
        data = data[: at + 24] + (1000).to_bytes(4, "little") + data[at + 28 :]
    return data


def _pdf(text: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(text.encode("ascii", "ignore").decode().splitlines()[:40]):
        canvas.drawString(50, 800 - 15 * number, line[:90])
    canvas.save()
    return out.getvalue()


def _docx(text: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def scale(folder: Path, *, articles: int, workers: int, seed: int) -> dict[str, Any]:
    """Take in many articles, then the same again; watch the memory of the parent and of all processes."""
    source, workspace = folder / "many", folder / "workspace"
    size = write_folder(source, articles, seed=seed)
    call = command("ingest", source, "--into", workspace, "--workers", workers, "--quiet")
    first = _watched(call)
    second = _watched(call)
    with Workspace.open(workspace) as opened:
        states, stored = opened.states(), opened.bytes()
        last = opened.runs()[-1].totals
    disk = sum(path.stat().st_size for path in workspace.rglob("*") if path.is_file())
    ratio = first["seconds"] / second["seconds"]
    return {
        "articles": articles, "megabytes": round(size / 1e6, 1), "first": first, "second": second, "times faster": round(ratio, 1), "states": states,
        "second run": last, "stored": stored, "disk": disk, "manifest": (workspace / "manifest.sqlite").stat().st_size,
        "broken": [] if states.get("ok", 0) + states.get("duplicate", 0) == articles and last == {"unchanged": articles} else [states],
    }  # fmt: skip


def _watched(call: list[str]) -> dict[str, Any]:
    """Run a command; return its seconds, and the memory of it and its children at tenths of the way and at most (MB)."""
    import psutil

    begun = time.monotonic()
    process = subprocess.Popen(call, cwd=HOME)
    watched = psutil.Process(process.pid)
    parent: list[float] = []
    whole = 0.0
    while process.poll() is None:
        try:
            parent.append(watched.memory_info().rss / 1e6)
            whole = max(
                whole, parent[-1] + sum(child.memory_info().rss / 1e6 for child in watched.children(recursive=True))
            )
        except psutil.Error:
            pass
        time.sleep(min(1.0, 0.02 * len(parent) + 0.02))
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}")
    tenths = [round(parent[len(parent) * part // 10]) for part in range(10)] if parent else []
    return {
        "seconds": round(time.monotonic() - begun, 2),
        "parent": round(max(parent, default=0)),
        "parent in tenths": tenths,
        "all processes": round(whole),
    }


def main() -> None:
    """Run one of the hardships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kills", "hostile", "scale"])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if given.what == "kills":
        found = kills(folder, runs=given.runs, articles=given.articles or 100, workers=given.workers, seed=given.seed)
    elif given.what == "hostile":
        found = hostile(folder, files=given.files, workers=given.workers, timeout=given.timeout, seed=given.seed)
    else:
        found = scale(folder, articles=given.articles or 100_000, workers=given.workers, seed=given.seed)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    raise SystemExit(1 if found["broken"] else 0)


if __name__ == "__main__":
    main()
