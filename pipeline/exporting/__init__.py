"""Facts for other registries as files: one module for each format. All take a `Dataset`, so that each gives the same facts."""
