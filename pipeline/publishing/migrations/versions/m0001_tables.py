"""The tables, as of the first version."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Text,
)
from sqlalchemy.dialects.postgresql import TEXT

_TEXT = Text().with_variant(TEXT(collation="C"), "postgresql")  # sorted by code points, as SQLite does

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "runs",
        Column("number", BigInteger, nullable=False, autoincrement=False),
        Column("started", _TEXT, nullable=False),
        Column("finished", _TEXT),
        Column("fingerprint", _TEXT, nullable=False),
        Column("version", _TEXT, nullable=False),
        Column("articles", BigInteger, nullable=False),
        PrimaryKeyConstraint("number", name="runs_pkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "publications",
        Column("number", BigInteger, nullable=False, autoincrement=False),
        Column("began", _TEXT, nullable=False),
        Column("ended", _TEXT),
        Column("since", BigInteger, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("complete", BigInteger, nullable=False),
        Column("threshold", Double, nullable=False),
        Column("version", _TEXT, nullable=False),
        PrimaryKeyConstraint("number", name="publications_pkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "documents",
        Column("key", _TEXT, nullable=False),
        Column("state", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("publication", BigInteger, nullable=False),
        PrimaryKeyConstraint("key", name="documents_pkey"),
        ForeignKeyConstraint(["run"], ["runs.number"], name="documents_run_fkey"),
        CheckConstraint("state IN ('present', 'withdrawn')", name="documents_state_check"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        Column("document", _TEXT, nullable=False),
        Column("source", _TEXT, nullable=False),
        PrimaryKeyConstraint("document", "source", name="sources_pkey"),
        ForeignKeyConstraint(["document"], ["documents.key"], name="sources_document_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duplicates",
        Column("document", _TEXT, nullable=False),
        Column("other", _TEXT, nullable=False),
        Column("kind", _TEXT, nullable=False),
        Column("similarity", Double, nullable=False),
        PrimaryKeyConstraint("document", "other", name="duplicates_pkey"),
        ForeignKeyConstraint(["document"], ["documents.key"], name="duplicates_document_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "extractions",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("until", BigInteger),
        Column("id", _TEXT, nullable=False),
        Column("source", _TEXT, nullable=False),
        Column("media_type", _TEXT, nullable=False),
        Column("encoding", _TEXT),
        Column("characters", BigInteger, nullable=False),
        Column("title", _TEXT),
        Column("date", _TEXT),
        Column("schema_version", _TEXT, nullable=False),
        Column("threshold", Double, nullable=False),
        PrimaryKeyConstraint("document", "run", name="extractions_pkey"),
        ForeignKeyConstraint(["document"], ["documents.key"], name="extractions_document_fkey"),
        ForeignKeyConstraint(["run"], ["runs.number"], name="extractions_run_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passages",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("start_offset", BigInteger, nullable=False),
        Column("end_offset", BigInteger, nullable=False),
        Column("language", _TEXT, nullable=False),
        Column("script", _TEXT, nullable=False),
        PrimaryKeyConstraint("document", "run", "start_offset", name="passages_pkey"),
        ForeignKeyConstraint(
            ["document", "run"], ["extractions.document", "extractions.run"], name="passages_document_run_fkey"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidences",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("start_offset", BigInteger, nullable=False),
        Column("end_offset", BigInteger, nullable=False),
        Column("text", _TEXT, nullable=False),
        Column("rule", _TEXT, nullable=False),
        PrimaryKeyConstraint("document", "run", "number", name="evidences_pkey"),
        ForeignKeyConstraint(
            ["document", "run"], ["extractions.document", "extractions.run"], name="evidences_document_run_fkey"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "institutions",
        Column("key", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        Column("kind", _TEXT, nullable=False),
        Column("country", _TEXT),
        Column("known", Boolean, nullable=False),
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        PrimaryKeyConstraint("key", name="institutions_pkey"),
        ForeignKeyConstraint(
            ["document", "run"], ["extractions.document", "extractions.run"], name="institutions_document_run_fkey"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "names",
        Column("institution", _TEXT, nullable=False),
        Column("language", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        PrimaryKeyConstraint("institution", "language", name="names_pkey"),
        ForeignKeyConstraint(["institution"], ["institutions.key"], name="names_institution_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "identifiers",
        Column("institution", _TEXT, nullable=False),
        Column("scheme", _TEXT, nullable=False),
        Column("value", _TEXT, nullable=False),
        PrimaryKeyConstraint("institution", "scheme", name="identifiers_pkey"),
        ForeignKeyConstraint(["institution"], ["institutions.key"], name="identifiers_institution_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "appearances",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("id", _TEXT, nullable=False),
        Column("institution", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        Column("confidence", Double, nullable=False),
        PrimaryKeyConstraint("document", "run", "id", name="appearances_pkey"),
        ForeignKeyConstraint(
            ["document", "run"], ["extractions.document", "extractions.run"], name="appearances_document_run_fkey"
        ),
        ForeignKeyConstraint(["institution"], ["institutions.key"], name="appearances_institution_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_index("appearances_institution_idx", "appearances", ["institution"])
    op.create_table(
        "mentions",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("evidence", BigInteger, nullable=False),
        Column("appearance", _TEXT, nullable=False),
        Column("implied", Boolean, nullable=False),
        Column("link", _TEXT, nullable=False),
        Column("confidence", Double, nullable=False),
        PrimaryKeyConstraint("document", "run", "evidence", name="mentions_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "evidence"],
            ["evidences.document", "evidences.run", "evidences.number"],
            name="mentions_document_run_evidence_fkey",
        ),
        ForeignKeyConstraint(
            ["document", "run", "appearance"],
            ["appearances.document", "appearances.run", "appearances.id"],
            name="mentions_document_run_appearance_fkey",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dates",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("id", _TEXT, nullable=False),
        Column("evidence", BigInteger, nullable=False),
        Column("edtf", _TEXT, nullable=False),
        Column("earliest", _TEXT),
        Column("latest", _TEXT),
        PrimaryKeyConstraint("document", "run", "id", name="dates_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "evidence"],
            ["evidences.document", "evidences.run", "evidences.number"],
            name="dates_document_run_evidence_fkey",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_counts",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("id", _TEXT, nullable=False),
        Column("evidence", BigInteger, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("number_max", BigInteger),
        Column("bound", _TEXT),
        Column("unit", _TEXT, nullable=False),
        Column("item", _TEXT),
        Column("act", _TEXT, nullable=False),
        Column("date", _TEXT),
        Column("earliest", _TEXT),
        Column("latest", _TEXT),
        Column("part_of", _TEXT),
        PrimaryKeyConstraint("document", "run", "id", name="copy_counts_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "evidence"],
            ["evidences.document", "evidences.run", "evidences.number"],
            name="copy_counts_document_run_evidence_fkey",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copy_count_parties",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("copy_count", _TEXT, nullable=False),
        Column("role", _TEXT, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("institution", _TEXT),
        Column("country", _TEXT),
        PrimaryKeyConstraint("document", "run", "copy_count", "role", "position", name="copy_count_parties_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "copy_count"],
            ["copy_counts.document", "copy_counts.run", "copy_counts.id"],
            name="copy_count_parties_document_run_copy_count_fkey",
        ),
        ForeignKeyConstraint(["institution"], ["institutions.key"], name="copy_count_parties_institution_fkey"),
        CheckConstraint("(institution IS NULL) <> (country IS NULL)", name="copy_count_parties_party_check"),
        sqlite_with_rowid=False,
    )
    op.create_index("copy_count_parties_institution_idx", "copy_count_parties", ["institution"])
    op.create_table(
        "tellings",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("id", _TEXT, nullable=False),
        Column("evidence", BigInteger, nullable=False),
        Column("kind", _TEXT, nullable=False),
        Column("status", _TEXT, nullable=False),
        Column("signed", _TEXT),
        Column("valid", _TEXT),
        Column("confidence", Double, nullable=False),
        Column("parties", _TEXT, nullable=False),
        PrimaryKeyConstraint("document", "run", "id", name="tellings_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "evidence"],
            ["evidences.document", "evidences.run", "evidences.number"],
            name="tellings_document_run_evidence_fkey",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("tellings_parties_idx", "tellings", ["parties"])
    op.create_table(
        "telling_parties",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("telling", _TEXT, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("institution", _TEXT),
        Column("country", _TEXT),
        PrimaryKeyConstraint("document", "run", "telling", "position", name="telling_parties_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "telling"],
            ["tellings.document", "tellings.run", "tellings.id"],
            name="telling_parties_document_run_telling_fkey",
        ),
        ForeignKeyConstraint(["institution"], ["institutions.key"], name="telling_parties_institution_fkey"),
        CheckConstraint("(institution IS NULL) <> (country IS NULL)", name="telling_parties_party_check"),
        sqlite_with_rowid=False,
    )
    op.create_index("telling_parties_institution_idx", "telling_parties", ["institution"])
    op.create_table(
        "telling_evidences",
        Column("document", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("telling", _TEXT, nullable=False),
        Column("evidence", BigInteger, nullable=False),
        PrimaryKeyConstraint("document", "run", "telling", "evidence", name="telling_evidences_pkey"),
        ForeignKeyConstraint(
            ["document", "run", "telling"],
            ["tellings.document", "tellings.run", "tellings.id"],
            name="telling_evidences_document_run_telling_fkey",
        ),
        ForeignKeyConstraint(
            ["document", "run", "evidence"],
            ["evidences.document", "evidences.run", "evidences.number"],
            name="telling_evidences_document_run_evidence_fkey",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agreements",
        Column("id", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("until", BigInteger),
        Column("parties", _TEXT, nullable=False),
        Column("kind", _TEXT, nullable=False),
        Column("status", _TEXT),
        Column("signed", _TEXT),
        Column("signed_from", _TEXT),
        Column("signed_to", _TEXT),
        Column("valid", _TEXT),
        Column("valid_from", _TEXT),
        Column("valid_to", _TEXT),
        PrimaryKeyConstraint("id", "run", name="agreements_pkey"),
        ForeignKeyConstraint(["run"], ["runs.number"], name="agreements_run_fkey"),
        sqlite_with_rowid=False,
    )
    op.create_index("agreements_parties_idx", "agreements", ["parties"])
    op.create_table(
        "agreement_parties",
        Column("agreement", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("institution", _TEXT),
        Column("country", _TEXT),
        PrimaryKeyConstraint("agreement", "run", "position", name="agreement_parties_pkey"),
        ForeignKeyConstraint(
            ["agreement", "run"], ["agreements.id", "agreements.run"], name="agreement_parties_agreement_run_fkey"
        ),
        ForeignKeyConstraint(["institution"], ["institutions.key"], name="agreement_parties_institution_fkey"),
        CheckConstraint("(institution IS NULL) <> (country IS NULL)", name="agreement_parties_party_check"),
        sqlite_with_rowid=False,
    )
    op.create_index("agreement_parties_institution_idx", "agreement_parties", ["institution"])
    op.create_table(
        "agreement_tellings",
        Column("agreement", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("document", _TEXT, nullable=False),
        Column("document_run", BigInteger, nullable=False),
        Column("telling", _TEXT, nullable=False),
        PrimaryKeyConstraint("agreement", "run", "document", "document_run", "telling", name="agreement_tellings_pkey"),
        ForeignKeyConstraint(
            ["agreement", "run"], ["agreements.id", "agreements.run"], name="agreement_tellings_agreement_run_fkey"
        ),
        ForeignKeyConstraint(
            ["document", "document_run", "telling"],
            ["tellings.document", "tellings.run", "tellings.id"],
            name="agreement_tellings_document_document_run_telling_fkey",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agreement_conflicts",
        Column("agreement", _TEXT, nullable=False),
        Column("run", BigInteger, nullable=False),
        Column("field", _TEXT, nullable=False),
        Column("value", _TEXT, nullable=False),
        Column("document", _TEXT, nullable=False),
        PrimaryKeyConstraint("agreement", "run", "field", "value", "document", name="agreement_conflicts_pkey"),
        ForeignKeyConstraint(
            ["agreement", "run"], ["agreements.id", "agreements.run"], name="agreement_conflicts_agreement_run_fkey"
        ),
        ForeignKeyConstraint(["document"], ["documents.key"], name="agreement_conflicts_document_fkey"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in (
        "agreement_conflicts",
        "agreement_tellings",
        "agreement_parties",
        "agreements",
        "telling_evidences",
        "telling_parties",
        "tellings",
        "copy_count_parties",
        "copy_counts",
        "dates",
        "mentions",
        "appearances",
        "identifiers",
        "names",
        "institutions",
        "evidences",
        "passages",
        "extractions",
        "duplicates",
        "sources",
        "documents",
        "publications",
        "runs",
    ):
        op.drop_table(name)
