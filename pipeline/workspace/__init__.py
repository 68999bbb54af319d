"""A workspace: articles taken in run by run, each with exactly one outcome, none lost, none extracted twice."""

from pipeline.workspace.errors import WorkspaceError
from pipeline.workspace.workspace import Change, Link, Run, Trouble, Workspace

__all__ = ["Change", "Link", "Run", "Trouble", "Workspace", "WorkspaceError"]
