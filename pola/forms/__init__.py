"""What is asked on the pages of agile work: a module for each part."""
