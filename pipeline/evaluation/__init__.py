"""How good the records are: gold files read. Nothing here knows how a finder works."""

from pipeline.evaluation.gold import Gold, GoldError, parse_gold, read_gold

__all__ = ["Gold", "GoldError", "parse_gold", "read_gold"]
