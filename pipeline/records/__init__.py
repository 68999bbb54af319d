"""The record: what leaves the program for each article. The data model is the one source of the published JSON Schema."""

from pipeline.records.model import (
    SCHEMA_VERSION,
    Agreement,
    CopyCount,
    Date,
    DocumentInfo,
    Failure,
    FailureRow,
    Institution,
    Mention,
    Record,
    Segment,
    Trigger,
    json_schema,
)

__all__ = [
    "SCHEMA_VERSION",
    "Agreement",
    "CopyCount",
    "Date",
    "DocumentInfo",
    "Failure",
    "FailureRow",
    "Institution",
    "Mention",
    "Record",
    "Segment",
    "Trigger",
    "json_schema",
]
