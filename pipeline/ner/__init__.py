"""Engines of named entity recognition: models that vote on what else names an institution. None is asked unless the user says so."""
