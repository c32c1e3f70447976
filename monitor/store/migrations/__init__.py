"""Alembic migrations; `monitor.store.database` runs them when a store is opened."""
