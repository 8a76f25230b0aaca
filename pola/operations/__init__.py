"""What happens in agile work: each module tells one part of it."""
