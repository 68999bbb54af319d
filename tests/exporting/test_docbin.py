"""DocBin: read back by spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.exporting import docbin
from pipeline.exporting.dataset import Dataset
from pipeline.exporting.output import ExportError
from pipeline.publishing.facts import plain
from pipeline.publishing.feed import RecordsFile
from tests.publishing.stories import Story, hostile, key_of, rich, telling

spacy = pytest.importorskip("spacy")
EVERYTHING = Story(*rich().happened, {"evil": hostile()})


def test_spacy_reads_it(tmp_path: Path) -> None:
    docbin.write(Dataset(EVERYTHING), tmp_path / "a.spacy")
    docs = {
        doc.user_data["hamkor"]["document"]: doc
        for doc in spacy.tokens.DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("xx").vocab)
    }
    changes = {change.key: change for change in EVERYTHING.changes()}
    assert set(docs) == set(changes)
    for key, doc in docs.items():
        assert doc.text == plain(changes[key].text or "")
        record = changes[key].record
        assert record is not None
        mentions = [(m.start, m.end, i.id, i.key) for i in record.institutions for m in i.mentions]
        found = [(span.start_char, span.end_char, span.id_, span.kb_id_) for span in doc.spans["institutions"]]
        assert sorted(found) == sorted((start, end, id_, plain(name)) for start, end, id_, name in mentions)
        for layer, wanted in (("dates", record.dates), ("copy_counts", record.copy_counts)):
            assert sorted(span.text for span in doc.spans[layer]) == sorted(plain(one.text) for one in wanted)
        assert len(doc.spans["agreements"]) == len(record.agreements)


def test_a_span_inside_a_word(tmp_path: Path) -> None:
    draft = telling(["a", "b"])
    draft.dates.append({"start": 2, "end": 5, "text": draft.text[2:5], "id": "d1", "edtf": "2014", "rule": "r"})
    docbin.write(Dataset(Story({"one": draft})), tmp_path / "a.spacy")
    (doc,) = spacy.tokens.DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("xx").vocab)
    (span,) = doc.spans["dates"]
    assert span.text == draft.text[2:5]


def test_no_text_at_hand(tmp_path: Path) -> None:
    records = tmp_path / "r.jsonl"
    records.write_text(telling(["a", "b"]).record(key_of("one")).to_json() + "\n", encoding="utf-8")
    with pytest.raises(ExportError, match="give a workspace"):
        docbin.write(Dataset(RecordsFile(records)), tmp_path / "a.spacy")
