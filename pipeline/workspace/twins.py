"""Which articles repeat others: by the manifest, and by what is under way in this run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.workspace.manifest import Manifest, Original
from pipeline.workspace.sketch import NEAR, Sketch
from pipeline.workspace.work import Survey

__all__ = ["Twins"]


class Twins:
    """Judges surveys. An article with the text of another repeats it. So does one that is nearly the same (`sketch.NEAR`) and whose numbers
    and capitalised words the other has all: it can say nothing that is not known. One that has others is extracted, and linked.

    near: False links near-duplicates, but has every one extracted that has a text of its own.
    """

    def __init__(self, manifest: Manifest, *, near: bool = True) -> None:
        self.manifest = manifest
        self.near = near
        self.originals: dict[bytes, Original] = {}  # of those judged to repeat another
        self.links: dict[bytes, tuple[Original, ...]] = {}  # of those judged not to
        self._surveys: dict[bytes, Survey] = {}
        self._texts: dict[bytes, bytes] = {}
        self._buckets: dict[int, list[bytes]] = {}

    def judge(self, surveys: Sequence[Survey]) -> set[bytes]:
        """Return the keys of those that repeat others. One that does not is an original for those that come later."""
        new = [survey for survey in surveys if not self.judged(survey.key)]
        if not new:
            return {survey.key for survey in surveys if survey.key in self.originals}
        texts = self.manifest.same_texts([survey.text_hash for survey in new if survey.text_hash not in self._texts])
        alike = self.manifest.alike([survey.bands for survey in new])
        for survey, candidates in zip(new, alike, strict=True):
            self._judge(survey, self._texts.get(survey.text_hash) or texts.get(survey.text_hash), candidates)
        return {survey.key for survey in surveys if survey.key in self.originals}

    def judged(self, key: bytes) -> bool:
        """Return whether an article was judged, and not forgotten since."""
        return key in self.originals or key in self.links

    def forget(self, key: bytes) -> None:
        """The manifest knows the article now, or it came to nothing."""
        self.originals.pop(key, None)
        self.links.pop(key, None)
        survey = self._surveys.pop(key, None)
        if survey is None:
            return
        if self._texts.get(survey.text_hash) == key:
            del self._texts[survey.text_hash]
        for band in survey.bands:
            self._buckets[band].remove(key)
            if not self._buckets[band]:
                del self._buckets[band]

    def _judge(self, survey: Survey, same: bytes | None, candidates: list[tuple[bytes, Sketch]]) -> None:
        """Put an article under `originals` or `links`. same: an article with its text; candidates: of the manifest, with their sketches."""
        if same is not None and same != survey.key:
            self.originals[survey.key] = Original(same, 1.0)
            return
        links: list[Original] = []
        for key, sketch in (*candidates, *self._under_way(survey)) if survey.sketch else ():
            similarity = survey.sketch.similarity(sketch) if survey.sketch and key != survey.key else 0.0
            if similarity < NEAR:
                continue
            if self.near and survey.sketch and survey.sketch.adds_nothing_to(sketch):
                self.originals[survey.key] = Original(key, similarity)
                return
            links.append(Original(key, similarity))
        self.links[survey.key] = tuple(links)
        self._surveys[survey.key] = survey
        self._texts[survey.text_hash] = survey.key
        for band in survey.bands:
            self._buckets.setdefault(band, []).append(survey.key)

    def _under_way(self, survey: Survey) -> Iterator[tuple[bytes, Sketch]]:
        """Yield the articles of this run that share a bucket with one, and are not in the manifest yet."""
        for key in {key: None for band in survey.bands for key in self._buckets.get(band, ())}:
            known = self._surveys[key].sketch
            if known is not None:
                yield key, known
