"""What happens in agile work: each verb checks right and state, and leaves a trace."""
