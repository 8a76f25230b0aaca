"""How the project writes numbers and dates, language by language."""
