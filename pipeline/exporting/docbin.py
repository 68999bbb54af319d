"""spaCy DocBin: articles with the findings as spans, to train on or to look at. Needs the extra `spacy`, and the texts of the articles.

Groups as `pipeline/spacy_component.py` has them: "institutions", "dates", "copy_counts", "agreements". `label_` is the layer, `kb_id_` the key of an institution, `id_` the
id in the record. Words are cut where a finding begins or ends, so that every span is exactly its words. `user_data["hamkor"]` says which article and run it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.exporting.dataset import Dataset
from pipeline.exporting.output import ExportError, whole_file
from pipeline.publishing.facts import Facts
from pipeline.text.tokens import tokenize

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["write"]

_LAYERS = {"institutions": "INSTITUTION", "dates": "DATE", "copy_counts": "COPY_COUNT", "agreements": "AGREEMENT"}


def write(dataset: Dataset, output: Path) -> None:
    """Write the articles into a file. Raises ExportError, also where spaCy or a text is missing."""
    try:
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab
    except ImportError as error:
        raise ExportError("--as docbin needs spaCy; install it: pip install 'hamkor[spacy]'") from error
    vocabulary: Vocab = Vocab()
    bin_: Any = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for facts in dataset.articles():
        bin_.add(_doc(facts, vocabulary))
    with whole_file(output) as out:
        out.write(bin_.to_bytes())


def _doc(facts: Facts, vocabulary: Vocab) -> Doc:
    from spacy.tokens import Doc, SpanGroup

    if facts.text is None:
        raise ExportError(
            f"{facts.sources[0]}: --as docbin needs the texts of the articles; give a workspace instead of records"
        )
    found = _spans(facts)
    words, spaces = _words(facts.text, {place for spans in found.values() for span in spans for place in span[:2]})
    doc = Doc(vocabulary, words=words, spaces=spaces)
    for layer, spans in found.items():
        made = [doc.char_span(start, end, _LAYERS[layer], kb_id=key, span_id=id_) for start, end, id_, key in spans]
        doc.spans[layer] = SpanGroup(doc, name=layer, spans=made)
    doc.user_data["hamkor"] = {"document": facts.document, "run": facts.run, "source": facts.sources[0]}
    return doc


def _spans(facts: Facts) -> dict[str, list[tuple[int, int, str, str]]]:
    """Return for each layer start, end, id in the record, key."""
    words = {
        row["number"]: (int(row["start_offset"] or 0), int(row["end_offset"] or 0)) for row in facts.rows["evidences"]
    }
    keys = {row["id"]: str(row["institution"]) for row in facts.rows["appearances"]}
    found = {
        "institutions": [
            (*words[row["evidence"]], str(row["appearance"]), keys[row["appearance"]]) for row in facts.rows["mentions"]
        ]
    }
    for layer, table in (("dates", "dates"), ("copy_counts", "copy_counts"), ("agreements", "tellings")):
        found[layer] = [(*words[row["evidence"]], str(row["id"]), "") for row in facts.rows[table]]
    return {layer: sorted(spans) for layer, spans in found.items()}


def _words(text: str, ends: set[int]) -> tuple[list[str], list[bool]]:
    """Return words that together are the text, and after which of them a blank stands; none reaches over an end of a finding."""
    tokens = tokenize(text)
    cuts = sorted({0, len(text), *ends, *tokens.start, *tokens.end})
    pieces = [text[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    words: list[str] = []
    spaces: list[bool] = []
    for piece in pieces:
        if piece == " " and words and not spaces[-1]:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return words, spaces
