"""Forms of agile work."""
