"""What hamkor gives to other registries: its facts as rows of tables, each with its evidence, and those tables in a database."""
