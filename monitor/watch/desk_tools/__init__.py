"""Trying rules before trusting them: explain, self-tests, backtest, lint, suggestions."""
