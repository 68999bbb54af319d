"""hamkor: what libraries, museums and archives of Central Asia do together, read from their articles."""
