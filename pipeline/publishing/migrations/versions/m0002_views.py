"""The views that people ask for, and one question for each in `questions.toml`."""

from __future__ import annotations

from importlib.resources import files

from alembic import op

revision = "0002"
down_revision = "0001"

_VIEWS = (
    "standing_extractions", "standing_institutions", "agreements_in_force", "agreement_pairs", "agreement_evidence",
    "copy_transfers", "copies_exchanged", "partners",
)  # fmt: skip


def upgrade() -> None:
    """Make the views, each after those that it reads."""
    for statement in (
        files("pipeline.publishing.migrations.versions")
        .joinpath("m0002_views.sql")
        .read_text(encoding="utf-8")
        .split(";\n")
    ):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    """Drop the views."""
    for name in reversed(_VIEWS):
        op.execute(f"DROP VIEW {name}")
