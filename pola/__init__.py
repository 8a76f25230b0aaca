"""Agile work: the guidelines of Allegato 1 and what happened month by month."""
