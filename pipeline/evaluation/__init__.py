"""How good the records are: gold files read, records scored against them. Nothing here knows how a finder works."""

from pipeline.evaluation.gold import Gold, GoldError, parse_gold, read_gold
from pipeline.evaluation.scoring import Miss, Scores, score

__all__ = ["Gold", "GoldError", "Miss", "Scores", "parse_gold", "read_gold", "score"]
