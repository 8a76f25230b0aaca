"""Italian: how the project writes numbers and dates."""
