"""Which ministry a common noun means."""

import pytest

from pipeline.finders.actors import Cast
from pipeline.text.document import prepare
from tests.finders.test_actors import covered
from tests.finders.test_counts import Mention


@pytest.mark.parametrize(
    ("text", "names", "kinds", "word", "meant"),
    [
        ("Министерство культуры открыло Музей Нарына. Ведомство вручило музею 60 книг.", ["Министерство культуры", "Музей Нарына"], ["government", "museum"], "Ведомство", 0),
        ("The Culture Office opened the Naryn Museum. The ministry gave the museum 60 books.", ["Culture Office", "Naryn Museum"], ["government", "museum"], "ministry", 0),
        ("Музей Нарына открыт. Ведомство вручило музею 60 книг.", ["Музей Нарына"], ["museum"], "Ведомство", None),
        ("Ведомство вручило Музею Нарына 60 книг. Министерство культуры не знало.", ["Музею Нарына", "Министерство культуры"], ["museum", "government"], "Ведомство", None),
    ],
)  # fmt: skip
def test_ministry(text: str, names: list[str], kinds: list[str], word: str, meant: int | None) -> None:
    document = prepare(text)
    mentions = [
        Mention(*covered(document, text.index(name), text.index(name) + len(name)), number)
        for number, name in enumerate(names)
    ]
    cast = Cast(document, sorted(mentions, key=lambda mention: mention.first), None, kinds=kinds)
    at = covered(document, text.index(word), text.index(word) + len(word))[0]
    begin, end = document.tokens.sentences[document.tokens.sentence[at]]
    found = [actor for actor in cast.actors(begin, end, document.languages[at]) if actor.first == at]
    assert [actor.entities for actor in found] == ([] if meant is None else [(meant,)])
