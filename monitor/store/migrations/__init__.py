"""Alembic migrations; `monitor.store.opening` runs them when a store is opened."""
