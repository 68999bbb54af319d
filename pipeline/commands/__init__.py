"""The commands of `hamkor`, one file each; `pipeline.cli` hangs them together. Only this room talks to a person."""
