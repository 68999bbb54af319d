"""What a worker writes on its board, another process reads."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

from pipeline.workspace.board import Board


def scribble(board: Board, pipe: Connection) -> None:
    board.write(0, 12.5)
    pipe.send(None)
    pipe.recv()
    board.wipe()
    pipe.send(None)


def test_another_process_reads_it():
    context = multiprocessing.get_context("spawn")
    board = Board(context)
    assert board.read() is None
    mine, theirs = context.Pipe()
    process = context.Process(target=scribble, args=(board, theirs), daemon=True)
    process.start()
    mine.recv()
    assert board.read() == (0, 12.5)
    mine.send(None)
    mine.recv()
    assert board.read() is None
    process.join()
