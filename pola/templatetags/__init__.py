"""Template tags of agile work."""
