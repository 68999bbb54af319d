"""What a workspace has to stand: runs that are killed, files that are hostile, many articles. Each prints what it found as JSON and ends with 1 where a promise was broken.

    python benchmarks/hardship.py kills --runs 200          runs killed at random moments until all articles stand, again and again
    python benchmarks/hardship.py kills --runs 200 --fork   the same without the start of a program: each kill falls into the work
    python benchmarks/hardship.py hostile --files 10000     random bytes, broken PDF and DOCX, zip bombs, 10 MB lines, mixed encodings
    python benchmarks/hardship.py scale --articles 100000   memory of the parent, and how much faster the second run is
    python benchmarks/hardship.py scale --hollow            the same with workers that read, sketch, and extract nothing: what the parent costs

Work goes on in --folder (a new temporary one by default). Each step calls `hamkor` as a user does.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from articles import made, write_folder
from nasty import nasty

from pipeline.records import Record
from pipeline.workspace import Workspace
from pipeline.workspace.crew import Crew
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.ingest import ingest

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


def forked(folder: Path, *, runs: int, articles: int, seed: int) -> dict[str, Any]:
    """Kill runs that are forked from here, with the extractor loaded, and that write after every five articles: most kills fall into writing."""
    from pipeline.extraction import load
    from pipeline.workspace import ingest as runs_
    from pipeline.workspace.crew import Hand
    from pipeline.workspace.fingerprint import Setup

    runs_._FLUSH_ENTRIES = 5
    random_, setup, extractor = random.Random(seed), Setup(), load()
    killed = rounds = 0
    moments: Counter[str] = Counter()
    broken: list[dict[str, Any]] = []
    longest = 0.0
    while killed < runs:
        source, workspace = folder / f"articles-{rounds}", folder / f"workspace-{rounds}"
        write_folder(source, articles, seed=seed + rounds)
        wanted = {text.encode() for _, text in made(articles, seed=seed + rounds)}
        team = lambda: Hand(setup, extractor)  # noqa: E731
        if longest == 0.0:
            begun = time.monotonic()
            runs_.ingest(folder / "first", [str(source)], team=team, setup=setup)
            longest = time.monotonic() - begun
        for _ in range(random_.randint(5, 15)):
            child = os.fork()
            if not child:
                runs_.ingest(workspace, [str(source)], team=team, setup=setup)
                os._exit(0)
            time.sleep(random_.uniform(0.0, longest / 5))
            os.kill(child, signal.SIGKILL)
            killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) < 0
            moments[_moment(workspace)] += 1
        runs_.ingest(workspace, [str(source)], team=team, setup=setup)
        rounds += 1
        broken += _broken(source, workspace, wanted, killed=killed, round_=rounds)
    return _kills(killed, rounds, articles, moments, broken)


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
        rounds += 1
        broken += _broken(source, workspace, wanted, killed=killed, round_=rounds)
    return _kills(killed, rounds, articles, moments, broken)


def _broken(source: Path, workspace: Path, wanted: set[bytes], *, killed: int, round_: int) -> list[dict[str, Any]]:
    """Check a workspace whose last run finished, tell of it, remove it; return what is wrong in it, if anything."""
    found = checked(workspace, wanted)
    print(json.dumps({"killed": killed, "round": round_, **found}), file=sys.stderr, flush=True)
    shutil.rmtree(source)
    shutil.rmtree(workspace)
    wrong = any(found[key] for key in ("lost", "foreign", "doubled", "crooked", "half_shards"))
    return [found] if wrong else []


def _kills(
    killed: int, rounds: int, articles: int, moments: Counter[str], broken: list[dict[str, Any]]
) -> dict[str, Any]:
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


@dataclass(frozen=True, slots=True)
class Hollow(Setup):
    """A setup that finds nothing in an article, at no cost."""

    def extractor(self) -> Any:
        return self

    def fingerprint(self) -> str:
        return "hollow"

    def extract_article(self, article: Any) -> Record:
        document = {
            "id": article.id, "source": article.source, "media_type": article.media_type, "encoding": article.encoding, "sha256": article.sha256,
            "characters": len(article.text), "title": None, "date": None, "segments": [], "repairs": {"padding to the size of a record" * 100: 0},
        }  # fmt: skip
        return Record.model_validate(
            {"document": document, "institutions": [], "dates": [], "copy_counts": [], "agreements": []}
        )


def hollow(source: str, workspace: str, workers: int) -> None:
    """Do what `hamkor ingest` does, with a hollow setup."""
    ingest(Path(workspace), [source], team=lambda: Crew(Hollow(), workers=workers), setup=Hollow())


def scale(
    folder: Path, *, articles: int, workers: int, seed: int, length: tuple[int, int], empty: bool
) -> dict[str, Any]:
    """Take in many articles, then the same again; watch the memory of the parent and of all processes."""
    source, workspace = folder / "many", folder / "workspace"
    size = write_folder(source, articles, seed=seed, length=length)
    time.sleep(3)  # a file that is younger than two seconds is read again in the next run
    call = command("ingest", source, "--into", workspace, "--workers", workers, "--quiet")
    if empty:
        call = [
            sys.executable,
            __file__,
            "hollow",
            "--folder",
            str(source),
            "--workspace",
            str(workspace),
            "--workers",
            str(workers),
        ]
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
    parser.add_argument("what", choices=["kills", "hostile", "scale", "hollow"], metavar="kills|hostile|scale")
    parser.add_argument("--hollow", action="store_true", help="extract nothing (scale)")
    parser.add_argument("--workspace", help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--fork", action="store_true", help="kill forked runs (kills)")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shortest", type=int, default=8, help="sentences of the shortest article (scale)")
    parser.add_argument("--longest", type=int, default=30, help="sentences of the longest article (scale)")
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.what == "hollow":
        hollow(str(given.folder), given.workspace, given.workers)
        return
    folder = given.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if given.what == "kills" and given.fork:
        found = forked(folder, runs=given.runs, articles=given.articles or 100, seed=given.seed)
    elif given.what == "kills":
        found = kills(folder, runs=given.runs, articles=given.articles or 100, workers=given.workers, seed=given.seed)
    elif given.what == "hostile":
        found = hostile(folder, files=given.files, workers=given.workers, timeout=given.timeout, seed=given.seed)
    else:
        found = scale(
            folder,
            articles=given.articles or 100_000,
            workers=given.workers,
            seed=given.seed,
            length=(given.shortest, given.longest),
            empty=given.hollow,
        )
    print(json.dumps(found, ensure_ascii=False, indent=1))
    raise SystemExit(1 if found["broken"] else 0)


if __name__ == "__main__":
    main()
