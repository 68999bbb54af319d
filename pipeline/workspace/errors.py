"""What can be wrong with a workspace as a whole; what is wrong with one article is an outcome, never an error."""

from __future__ import annotations

__all__ = ["WorkspaceError"]


class WorkspaceError(Exception):
    """A workspace that cannot be used. The text names the folder, what is wrong and what to do."""
