"""How good the records are: gold read, records judged against it, figures with intervals, runs compared. Nothing here knows how a finder works."""

from pipeline.evaluation.comparison import Comparison, compare
from pipeline.evaluation.figures import Evaluation, Figure, evaluate
from pipeline.evaluation.gold import Gold, GoldError, parse_gold, read_gold

__all__ = [
    "Comparison",
    "Evaluation",
    "Figure",
    "Gold",
    "GoldError",
    "compare",
    "evaluate",
    "parse_gold",
    "read_gold",
]
