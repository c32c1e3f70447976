"""Page bytes to wire record, through the names that `monitor.articles` offers."""
