"""Alembic migrations; `monitor.store.migration` runs them when a store is opened."""
