"""People, units, roles in time and the trace of what was done. Knows nothing of plans."""
