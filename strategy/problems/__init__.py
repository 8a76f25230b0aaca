"""What stands in the way of a plan (blockers), and what it is warned of (cautions).

A blocker makes the plan unfit to be adopted and can be mended by whoever prepares it:

- an objective of the map without an indicator on the strategic dashboard (3.2);
- an indicator without target in the first year of the plan, or without source (3.2);
- a figure expected without polarity: its degree of attainment could not be computed;
- a section with neither text, nor block, nor parts; a dashboard that the document does not print,
  or prints by a name that does not exist; a picture without words for who does not see it.

Everything else is a question for the office, and a caution:

- what the last adopted edition already prints without target or source: the update did not make
  that fault, and the Giunta has adopted it. So the five lines whose values or sources the source of
  the plan has lost never stop an update, while a new line like them does;
- the lines of the POLA alone: 5.4 leaves some empty until the budget is adjusted;
- targets of the later years left empty: they are decided year by year;
- a polarity read but not confirmed: the plan prints none, and all of them are confirmed at once;
- a project without activities: they may be written after the adoption of a first plan;
- ratios without denominator, targets worse than the last result, weights, the minimum share of
  agile workers, figures that disagree: printed so on purpose or by mistake, only the office knows;
- the map or a table of figures that no section shows: its data stand elsewhere in the plan.
"""

from strategy.problems.finding import plan_problems
from strategy.problems.records import Problem

__all__ = ["Problem", "plan_problems"]
