"""What is asked on the pages of agile work."""
