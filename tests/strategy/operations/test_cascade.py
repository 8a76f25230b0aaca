"""Sending indicators down by the cascade: all ticks or none, one act, every row at its place."""

import datetime
import threading
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from organization.models import AuditEvent, User
from strategy.cascade_changes import Assignment, Ticks
from strategy.differences import differences
from strategy.enums import ChangeKind, DashboardKind, PlanState
from strategy.models import Action, Dashboard, DashboardRow, Plan
from strategy.operations.cascade import CascadeRefusedError, SavedCascade, save_cascade
from strategy.reports import dashboard_report
from strategy.snapshots import plan_snapshot
from tests import factories

NOW = datetime.datetime(2012, 6, 15, 10, 42, tzinfo=datetime.UTC)


@dataclass
class Matrix:
    """A draft with two objectives of two actions, its strategic dashboard, and three others."""

    plan: Plan
    planner: User
    strategic: Dashboard
    secretary: Dashboard
    affairs: Dashboard
    register: Dashboard
    actions: list[Action] = field(default_factory=list)

    def row(self, name: str, action: int = 0, on: Dashboard | None = None, **given) -> DashboardRow:
        """A row at the end of a dashboard, the strategic one unless another is named."""
        dashboard = on or self.strategic
        if "indicator" not in given:
            given["indicator"] = factories.indicator(name=name)
        return factories.dashboard_row(
            dashboard=dashboard,
            action=self.actions[action],
            position=dashboard.rows.count() + 1,
            **given,
        )

    def down(self, row: DashboardRow, *dashboards: Dashboard, **given) -> DashboardRow:
        """The same indicator put by hand at the end of other dashboards; the last row."""
        return [
            factories.dashboard_row(
                dashboard=dashboard,
                action=row.action,
                indicator=row.indicator,
                position=dashboard.rows.count() + 1,
                **given,
            )
            for dashboard in dashboards
        ][-1]

    def ticks(self, *wishes, accepted=(), unseen=()) -> Ticks:
        """(row, dashboards it was read on, dashboards wanted) of the indicators of a page."""
        seen = {self.secretary, self.affairs, self.register} - set(unseen)
        return Ticks(
            dashboards=frozenset(one.pk for one in seen),
            assignments=tuple(
                Assignment(
                    indicator_id=row.indicator_id,
                    was=frozenset(one.pk for one in was),
                    wanted=frozenset(one.pk for one in wanted),
                )
                for row, was, wanted in wishes
            ),
            accepted=frozenset(accepted),
        )

    def save(self, *wishes, by=None, **given) -> SavedCascade:
        ticks = self.ticks(*wishes, **given)
        return save_cascade(self.plan, ticks=ticks, by=by or self.planner, at=NOW)

    def refused(self, *wishes, **given):
        """The review of a save that was refused."""
        with pytest.raises(CascadeRefusedError) as refusal:
            self.save(*wishes, **given)
        return refusal.value.review


def names(dashboard: Dashboard) -> list[tuple[str, int]]:
    """The rows of a dashboard, in order."""
    rows = dashboard.rows.order_by("position").select_related("indicator")
    return [(row.indicator.name, row.position) for row in rows]


def acts() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb="cascade.edited"))


def make_matrix() -> Matrix:
    plan = factories.plan(first_year=2011)
    perspective = factories.perspective(plan=plan)

    def dashboard(code: str, position: int, kind: str = DashboardKind.UNIT) -> Dashboard:
        return factories.dashboard(plan=plan, kind=kind, code=code, position=position)

    matrix = Matrix(
        plan=plan,
        planner=User.objects.get(username="pianificazione"),
        strategic=dashboard("ENTE", 1, DashboardKind.STRATEGIC),
        affairs=dashboard("AG", 2),
        register=dashboard("RI", 3),
        secretary=dashboard("SG", 4, DashboardKind.SECRETARY_GENERAL),
    )
    for number in (1, 2):
        objective = factories.strategic_objective(perspective=perspective, position=number)
        matrix.actions += [
            factories.action(objective=objective, position=position) for position in (1, 2)
        ]
    return matrix


@pytest.fixture
def matrix(db) -> Matrix:
    return make_matrix()


# What is written


def test_ticks_put_rows_on_dashboards_with_one_act(matrix):
    first, second = matrix.row("N. corsi"), matrix.row("Spesa")

    saved = matrix.save(
        (first, [], [matrix.secretary, matrix.register]), (second, [], [matrix.register])
    )

    assert saved == SavedCascade(added=3, removed=0, elsewhere=0)
    assert names(matrix.secretary) == [("N. corsi", 1)]
    assert names(matrix.register) == [("N. corsi", 1), ("Spesa", 2)]
    row = matrix.secretary.rows.get()
    assert (row.action, row.weight, row.printed_name) == (first.action, 1, "")
    [act] = acts()
    assert (act.actor_label, act.at, act.target_id) == (
        str(matrix.planner),
        NOW,
        str(matrix.plan.pk),
    )
    assert act.before == {"N. corsi": "solo ente", "Spesa": "solo ente"}
    assert act.after == {"N. corsi": "SG, RI", "Spesa": "RI"}


def test_without_its_tick_a_row_goes_and_the_others_close_up(matrix):
    first, second, third = matrix.row("A"), matrix.row("B"), matrix.row("C")
    for row in (first, second, third):
        matrix.down(row, matrix.register)

    saved = matrix.save((second, [matrix.register], []))

    assert saved == SavedCascade(added=0, removed=1, elsewhere=0)
    assert names(matrix.register) == [("A", 1), ("C", 2)]
    assert (acts()[0].before, acts()[0].after) == ({"B": "RI"}, {"B": "solo ente"})


def test_history_says_who_put_took_and_moved_a_row_and_when(matrix):
    gone, kept, new = matrix.row("A"), matrix.row("B"), matrix.row("C")
    old = matrix.down(gone, matrix.register)
    moved = matrix.down(kept, matrix.register)

    matrix.save((gone, [matrix.register], []), (new, [], [matrix.register]))

    put = matrix.register.rows.get(indicator=new.indicator)
    for pk, kind in ((old.pk, "-"), (moved.pk, "~"), (put.pk, "+")):
        version = DashboardRow.history.filter(id=pk).latest("history_id")
        assert (version.history_type, version.history_user, version.history_date) == (
            kind,
            matrix.planner,
            NOW,
        )
    assert DashboardRow.history.filter(id=old.pk, history_type="-").get().indicator_id == (
        gone.indicator_id
    )


def test_rows_that_keep_their_place_have_no_new_version(matrix):
    first, second = matrix.row("A"), matrix.row("B")
    kept = matrix.down(first, matrix.register)
    before = kept.history.count()

    matrix.save((second, [], [matrix.register]))

    assert kept.history.count() == before


def test_a_new_row_stands_in_its_action_and_objective(matrix):
    rows = [matrix.row(name, action) for action, name in enumerate("ABCD")]
    more = matrix.row("A2", 0)
    for row in (rows[0], rows[2]):
        matrix.down(row, matrix.register)
    matrix.row("operativa", 0, on=matrix.register)
    DashboardRow.objects.filter(indicator__name="operativa").update(position=2)
    DashboardRow.objects.filter(dashboard=matrix.register, action=rows[2].action).update(position=3)

    matrix.save(
        *[(row, [], [matrix.register]) for row in (rows[1], rows[3], more)],
    )

    assert [name for name, _position in names(matrix.register)] == [
        "A",
        "operativa",
        "A2",
        "B",
        "C",
        "D",
    ]
    groups = dashboard_report(matrix.register).grouped()
    assert [[len(action.lines) for action in o.actions] for g in groups for o in g.objectives] == [
        [3, 1],
        [1, 1],
    ]


def test_the_snapshot_tells_the_new_row_as_strategic(matrix):
    row = matrix.row("A")

    matrix.save((row, [], [matrix.register]))

    data = {one["code"]: one["rows"] for one in plan_snapshot(matrix.plan)["dashboards"]}
    assert [(one["name"], one["nature"], one["weight"]) for one in data["RI"]] == [
        ("A", "strategico", "1")
    ]


def test_the_difference_tells_what_was_added_and_that_nothing_moved(matrix):
    first, second, third = matrix.row("A"), matrix.row("B", 1), matrix.row("C", 2)
    for row in (first, third):
        matrix.down(row, matrix.register)
    matrix.down(third, matrix.affairs)
    before = plan_snapshot(matrix.plan)

    matrix.save((second, [], [matrix.register]), (third, [matrix.register, matrix.affairs], []))

    told = [
        (subject.name, change.kind, change.field)
        for subject in differences(before, plan_snapshot(matrix.plan)).subjects
        for change in subject.changes
    ]
    assert sorted(told) == [
        ("B", ChangeKind.ADDED, "row"),
        ("C", ChangeKind.REMOVED, "row"),
        ("C", ChangeKind.REMOVED, "row"),
    ]


def test_two_indicators_of_one_name_are_two_lines_of_the_act(matrix):
    first, second = matrix.row("Progetto"), matrix.row("Progetto")

    matrix.save((first, [], [matrix.register]), (second, [], [matrix.affairs]))

    assert sorted(acts()[0].after.values()) == ["AG", "RI"]


def test_the_act_is_in_the_language_of_the_plan(matrix):
    row = matrix.row("A")

    with override("en"):
        matrix.save((row, [], [matrix.register]))

    assert acts()[0].before == {"A": "solo ente"}


def test_what_changes_nothing_leaves_no_act(matrix):
    row, other = matrix.row("A"), matrix.row("B")
    matrix.down(row, matrix.register)

    saved = matrix.save((row, [matrix.register], [matrix.register]), (other, [matrix.register], []))

    assert saved == SavedCascade(added=0, removed=0, elsewhere=0)
    assert (acts(), names(matrix.register)) == ([], [("A", 1)])


def test_an_indicator_stays_where_another_action_has_it(matrix):
    """The same indicator may hang on another action of a unit: it is there, whatever the action."""
    row = matrix.row("A", 0)
    matrix.row("A", 3, on=matrix.register, indicator=row.indicator)

    matrix.save((row, [matrix.register], [matrix.register, matrix.affairs]))

    assert matrix.register.rows.get().action == matrix.actions[3]
    assert matrix.affairs.rows.get().action == matrix.actions[0]


# What is refused, and who is told


def test_an_indicator_that_somebody_else_sent_elsewhere_is_not_overwritten(matrix):
    row, other = matrix.row("A"), matrix.row("B")
    put = matrix.down(row, matrix.affairs)
    somebody = factories.user()
    put.history.update(history_user=somebody, history_date=NOW)

    with override("it"):
        review = matrix.refused((row, [], [matrix.register]), (other, [], [matrix.register]))

    [conflict] = review.conflicts.values()
    assert (conflict.mine, conflict.theirs, conflict.who, conflict.when) == (
        "RI",
        "AG",
        str(somebody),
        "oggi alle 12.42",
    )
    assert (names(matrix.register), names(matrix.affairs), acts()) == ([], [("A", 1)], [])


def test_a_conflict_over_a_row_taken_away_says_who_took_it(matrix):
    row = matrix.row("A")
    matrix.down(row, matrix.affairs)
    matrix.save((row, [matrix.affairs], []))

    with override("it"):
        review = matrix.refused((row, [matrix.affairs], [matrix.affairs, matrix.register]))

    [conflict] = review.conflicts.values()
    assert (conflict.mine, conflict.theirs, conflict.who) == (
        "AG, RI",
        "solo ente",
        str(matrix.planner),
    )


def test_of_two_conflicts_each_has_its_author(matrix):
    first, second = matrix.row("A"), matrix.row("B")
    people = [factories.user(), factories.user()]
    for row, place, person in (
        (first, matrix.affairs, people[0]),
        (second, matrix.secretary, people[1]),
    ):
        matrix.down(row, place).history.update(history_user=person)
    # What was known when the page was read is nobody's doing.
    matrix.down(first, matrix.secretary).history.update(history_user=factories.user())

    review = matrix.refused(
        (first, [matrix.secretary], [matrix.register]), (second, [], [matrix.register])
    )

    assert [one.who for one in review.conflicts.values()] == [str(person) for person in people]


def test_a_conflict_without_history_says_nobody(matrix):
    row = matrix.row("A")
    matrix.down(row, matrix.affairs)
    DashboardRow.history.all().delete()

    [conflict] = matrix.refused((row, [], [matrix.register])).conflicts.values()

    assert (conflict.who, conflict.when) == ("", "")


def test_the_same_tick_of_two_people_is_no_conflict(matrix):
    row = matrix.row("A")
    matrix.down(row, matrix.register)

    assert matrix.save((row, [], [matrix.register])) == SavedCascade(0, 0, 0)
    assert (names(matrix.register), acts()) == ([("A", 1)], [])


def test_what_nobody_touched_stays_as_somebody_else_saved_it(matrix):
    row, other, gone = matrix.row("A"), matrix.row("B"), factories.dashboard_row()
    matrix.down(other, matrix.affairs)

    saved = matrix.save((row, [], [matrix.register]), (other, [], []), (gone, [], []))

    assert saved == SavedCascade(added=1, removed=0, elsewhere=1)
    assert names(matrix.affairs) == [("B", 1)]
    assert acts()[0].after == {"A": "RI"}


def test_a_dashboard_that_was_not_on_the_page_is_left_alone(matrix):
    row = matrix.row("A")
    matrix.down(row, matrix.secretary)

    matrix.save((row, [], [matrix.register]), unseen=[matrix.secretary])

    assert (names(matrix.secretary), names(matrix.register)) == ([("A", 1)], [("A", 1)])
    assert acts()[0].after == {"A": "SG, RI"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"weight": "2.50"}, "peso 2,5"),
        ({"printed_name": "Altro"}, "nome proprio «Altro»"),
        ({"weight": "10", "printed_name": "Altro"}, "peso 10, nome proprio «Altro»"),
    ],
)
def test_a_row_with_something_of_its_own_goes_only_when_it_is_accepted(matrix, given, words):
    row = matrix.row("A")
    matrix.down(row, matrix.register, **given)
    wish = (row, [matrix.register], [])

    with override("it"):
        [loss] = matrix.refused(wish).losses
        assert (loss.sign, loss.words) == ("RI", words)
    assert names(matrix.register) == [("A", 1)]

    matrix.save(wish, accepted=[loss.text])

    assert names(matrix.register) == []
    assert acts()[0].before == {"A": f"RI ({words})"}


def test_what_was_accepted_is_what_was_read(matrix):
    row = matrix.row("A")
    down = matrix.down(row, matrix.register, weight="2")
    [read] = matrix.refused((row, [matrix.register], [])).losses
    DashboardRow.objects.filter(pk=down.pk).update(weight="3")

    [again] = matrix.refused((row, [matrix.register], []), accepted=[read.text]).losses

    assert (read.weight_text, again.weight_text) == ("2", "3")


def test_an_indicator_that_left_the_strategic_dashboard_is_refused_by_name(matrix):
    row, gone = matrix.row("A"), factories.dashboard_row()

    review = matrix.refused((row, [], [matrix.register]), (gone, [], [matrix.register]))

    assert review.gone == (gone.indicator.name,)
    assert (names(matrix.register), acts()) == ([], [])


def test_an_indicator_or_a_dashboard_that_is_no_longer_there_is_refused(matrix):
    row = matrix.row("A")
    other = factories.dashboard()
    vanished = factories.dashboard_row(indicator=factories.indicator())
    vanished.indicator_id = 10**9

    with override("it"):
        review = matrix.refused((row, [], [other]), (vanished, [], [matrix.register]))

    assert review.gone == ("A", "un indicatore che non c’è più")


def test_who_does_not_plan_is_refused(matrix):
    row = matrix.row("A")

    with pytest.raises(PermissionDenied):
        matrix.save((row, [], [matrix.register]), by=factories.user())

    assert names(matrix.register) == []


def test_a_plan_that_is_not_open_is_refused(matrix):
    row = matrix.row("A")
    Plan.objects.filter(pk=matrix.plan.pk).update(state=PlanState.PROPOSED)

    with pytest.raises(ValidationError) as refusal:
        matrix.save((row, [], [matrix.register]))

    assert (refusal.value.code, names(matrix.register)) == ("state", [])


def test_nothing_hangs_on_a_row():
    """`bulk_delete_with_history` looks for nothing that hangs on what it removes."""
    assert DashboardRow._meta.related_objects == ()


# How much it costs, and two people at once


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_rows(matrix, django_assert_num_queries, count):
    gone = [matrix.row(f"A {n}") for n in range(count)]
    for row in gone:
        matrix.down(row, matrix.register)
    kept = matrix.row("B")
    matrix.down(kept, matrix.register)
    new = [matrix.row(f"C {n}") for n in range(count)]

    with django_assert_num_queries(13):
        matrix.save(
            *[(row, [matrix.register], []) for row in gone],
            *[(row, [], [matrix.register, matrix.affairs]) for row in new],
        )


@pytest.mark.parametrize("count", [1, 3])
def test_nor_does_a_refusal(matrix, django_assert_num_queries, count):
    rows = [matrix.row(f"A {n}") for n in range(count)]
    for row in rows:
        matrix.down(row, matrix.affairs)
    gone = [factories.dashboard_row() for _n in range(count)]

    with django_assert_num_queries(9):
        matrix.refused(*[(row, [], [matrix.register]) for row in (*rows, *gone)])


@pytest.mark.slow
def test_a_whole_matrix_costs_a_few_statements(matrix):
    rows = [matrix.row(f"A {n}", n % 4) for n in range(200)]
    every = [matrix.secretary, matrix.affairs, matrix.register]

    with CaptureQueriesContext(connection) as asked:
        saved = matrix.save(*[(row, [], every) for row in rows])

    bulk = ("INSERT INTO", "UPDATE", "DELETE")
    others = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(bulk)]
    assert (saved.added, len(others) <= 15) == (600, True)


def at_once(*saves) -> list:
    """What becomes of saves that start together, each over a connection of its own."""
    start, fates = threading.Barrier(len(saves)), []

    def run(save) -> None:
        try:
            start.wait(10)
            fates.append(save())
        except CascadeRefusedError as refusal:
            fates.append([(c.mine, c.theirs) for c in refusal.review.conflicts.values()])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[save]) for save in saves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(fates, key=str)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tick_the_same_box_at_once_one_has_nothing_to_save():
    matrix = make_matrix()
    row = matrix.row("A")

    def save() -> SavedCascade:
        return matrix.save((row, [], [matrix.register]))

    fates = at_once(save, save)

    assert fates == [SavedCascade(0, 0, 0), SavedCascade(1, 0, 0)]
    assert (names(matrix.register), len(acts())) == ([("A", 1)], 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_indicator_to_two_places_at_once_one_is_told():
    matrix = make_matrix()
    row = matrix.row("A")
    places = [matrix.register, matrix.affairs]

    fates = at_once(*[lambda place=place: matrix.save((row, [], [place])) for place in places])

    [saved] = [fate for fate in fates if isinstance(fate, SavedCascade)]
    [[told]] = [fate for fate in fates if isinstance(fate, list)]
    assert (saved, sorted(told), len(acts())) == (SavedCascade(1, 0, 0), ["AG", "RI"], 1)
    assert DashboardRow.objects.filter(dashboard__in=places).count() == 1
