"""The versions of the database's tables and views, for Alembic. A published version is never changed: what changes comes as a new one."""
