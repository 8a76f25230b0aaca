"""What the rules of the guidelines say of a case, as values that quote their article."""

from pola.problems.finding import Blocker, Caution, Exempted, Finding, blockers, refuse

__all__ = ["Blocker", "Caution", "Exempted", "Finding", "blockers", "refuse"]
