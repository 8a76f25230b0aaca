"""What is measured: indicators, their yearly targets, their results. Knows no objective."""
