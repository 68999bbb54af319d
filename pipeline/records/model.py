"""The data model of a record (record contract 1.2). Offsets are half-open code points of the article's text as read.

Fields beyond the contract's minimum say how a value came about: `rule` on every finding, `link` on every mention, `repairs` of the document.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

__all__ = ["SCHEMA_VERSION", "json_schema"]

SCHEMA_VERSION: Literal["1.2"] = "1.2"

InstitutionKind = Literal[
    "library", "museum", "archive", "university", "school", "research", "government", "embassy",
    "international", "foundation", "association", "company", "publisher", "media", "other",
]  # fmt: skip
Unit = Literal[
    "copies", "books", "titles", "volumes", "issues", "documents", "manuscripts", "periodicals",
    "photographs", "discs", "exhibits", "artworks", "items",
]  # fmt: skip
Act = Literal["transferred", "held", "printed", "digitised", "exhibited", "other"]
Bound = Literal["min", "max", "approx"]
AgreementKind = Literal["memorandum", "agreement", "contract", "protocol", "treaty", "programme", "roadmap", "other"]
Status = Literal["signed", "planned", "in_force", "renewed", "ended"]
Confidence = Annotated[float, Field(ge=0, le=1)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Edtf = Annotated[str, StringConstraints(min_length=2)]
Party = Annotated[str, StringConstraints(pattern=r"^(i[0-9]+|country:[A-Z]{2})$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class _Span(_Model):
    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="code point after the last")
    text: str = Field(description="exactly the slice [start, end) of the article's text")

    @model_validator(mode="after")
    def _fits(self) -> _Span:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} is not as long as its text {self.text!r}")
        return self


class Segment(_Model):
    """A passage in one language and one script."""

    start: int
    end: int
    language: Literal["uz", "ru", "en", "und"]
    script: str = Field(description="ISO 15924 code")


class DocumentInfo(_Model):
    """The article that a record is about."""

    id: str
    source: str
    media_type: str
    encoding: str | None
    sha256: str = Field(description="of the source's bytes")
    characters: int
    title: str | None
    date: Edtf | None
    segments: tuple[Segment, ...]
    repairs: dict[str, int] = Field(default_factory=dict, description="how often each kind of repair was made")


class Mention(_Span):
    """A place where an institution is named."""

    implied: bool = False
    rule: str = Field(default="", description="the rule, gazetteer or engine that found it")
    link: str = Field(default="", description="why it is a mention of this institution")
    confidence: Confidence = Field(default=1.0, description="how sure it is that it is")


class Institution(_Model):
    """An institution of the article. `authority` is its gazetteer key, null where the gazetteer does not know it."""

    id: Annotated[str, StringConstraints(pattern=r"^i[0-9]+$")]
    name: str = Field(description="the form that the text uses, without case suffix")
    names: dict[Literal["uz-Latn", "uz-Cyrl", "ru", "en"], str]
    kind: InstitutionKind
    country: CountryCode | None
    authority: str | None
    key: str = Field(
        default="",
        description="the same for the same institution in every article and script: `authority`, else one made of name and country, `x-…`",
    )
    confidence: Confidence = Field(default=1.0, description="how sure it is that it is the institution of `key`")
    candidates: tuple[str, ...] = Field(
        default=(), description="gazetteer keys that it may have, where none is sure enough to be `authority`"
    )
    identifiers: dict[str, str]
    mentions: tuple[Mention, ...]


class Date(_Span):
    """A calendar expression with its value."""

    id: str
    edtf: Edtf
    rule: str = ""


class CopyCount(_Span):
    """A number of things held, given, printed, digitised or shown."""

    id: str
    number: int
    number_max: int | None
    bound: Bound | None
    unit: Unit
    item: str | None
    act: Act
    from_: tuple[Party, ...] = Field(alias="from")
    to: tuple[Party, ...]
    by: tuple[Party, ...]
    date: Edtf | None = Field(description="when the things changed hands")
    part_of: Annotated[str, StringConstraints(pattern=r"^c[0-9]+$")] | None = Field(
        default=None, description="the count that holds this one (since 1.1): not to be added to it"
    )
    rule: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        default=1.0, description="how sure the act and who takes part are, 0 to 1 (since 1.2)"
    )


class Trigger(_Span):
    """The words that name an agreement."""


class Agreement(_Model):
    """An agreement between two or more parties."""

    id: str
    kind: AgreementKind
    status: Status
    parties: tuple[Party, ...]
    signed: Edtf | None
    valid: Edtf | None
    trigger: Trigger
    rule: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        default=1.0, description="how sure it is that these parties made it, 0 to 1 (since 1.2)"
    )
    evidence: tuple[tuple[int, int], ...] = Field(default=(), description="spans that bear the agreement out")


class Record(_Model):
    """What one article says."""

    schema_version: Literal["1.0", "1.1", "1.2"] = SCHEMA_VERSION
    document: DocumentInfo
    institutions: tuple[Institution, ...]
    dates: tuple[Date, ...]
    copy_counts: tuple[CopyCount, ...]
    agreements: tuple[Agreement, ...]

    def to_json(self) -> str:
        """Return the record as one line of JSON, letters as they are."""
        return self.model_dump_json(by_alias=True)


class Failure(_Model):
    """Why an article has no record."""

    type: str
    message: str


class FailureRow(_Model):
    """The row of an article that failed: no article is ever lost without a word."""

    schema_version: Literal["1.0", "1.1", "1.2"] = SCHEMA_VERSION
    document: dict[str, str]
    error: Failure

    def to_json(self) -> str:
        """Return the row as one line of JSON."""
        return self.model_dump_json(by_alias=True)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record, generated from the model."""
    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "hamkor record", **schema}
