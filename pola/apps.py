"""The agile work plan (POLA)."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from organization.audit_phrases import speak

# On the days of one person: who may not read those reads of them nowhere. What happened is told on
# the page of the day, by its story.
DAY_PHRASES = {
    "days.asked": _("Days of agile work asked"),
    "days.cancelled": _("Days of agile work given up"),
    "month.submitted": _("Month of agile work submitted"),
    "month.approved": _("Month of agile work approved"),
    "days.refused": _("Days of agile work not approved"),
    "month.returned": _("Month of agile work returned"),
    "month.settled": _("Month of agile work in which nothing waits any more"),
    "day.revoked": _("Day of agile work revoked"),
    "day.proposed": _("Another day proposed"),
    "day.accepted": _("Day proposed accepted"),
    "day.declined": _("Day proposed declined"),
    "day.recalled": _("Person called back to the office"),
}
CALENDAR_PHRASES = {
    "office.closed": _("Closure of the office recorded"),
    "office.reopened": _("Closure of the office taken back"),
    "absence.recorded": _("Absence recorded"),
    "absence.removed": _("Absence taken back"),
    "calendar.made": _("Address of a calendar made"),
    "calendar.revoked": _("Address of a calendar revoked"),
}


class PolaConfig(AppConfig):
    name = "pola"
    verbose_name = _("Agile work")

    def ready(self) -> None:
        """Let each application that adds data or blocks to the document of a plan say so."""
        autodiscover_modules("snapshots", "blocks", "carriers", "day_rules", "posts")
        autodiscover_modules("published", "printed", "monitoring_words")
        # Registers, rules of the day, activities.
        speak(
            {
                "norm.set": _("Rule of agile work set"),
                "norm.withdrawn": _("Value of a rule taken back"),
                "activity.added": _("Activity of a unit added"),
                "activity.mapped": _("Activity mapped"),
                "assignment.made": _("Activity given to a person"),
                "assignment.ended": _("Activity taken from a person"),
                "equipment.delivered": _("Equipment handed over"),
                "equipment.returned": _("Equipment returned"),
                "course.recorded": _("Course on agile work recorded"),
                "course.attended": _("Attendance of a course recorded"),
                "course.attendance_removed": _("Attendance of a course taken off"),
                "notice.issued": _("Safety notice recorded"),
                "notice.received": _("Receipts of a safety notice recorded"),
                "notice.receipt_removed": _("Receipt of a safety notice taken off"),
                "incident.reported": _("Incident of agile work reported"),
                "incident.followed": _("Follow-up of an incident written"),
                "ministry.list_exported": _("List for the Ministry of Labour given out"),
                "agile_consultation.recorded": _("Consultation on agile work recorded"),
            },
            {
                "value": _("Value"),
                "grade": _("Grade"),
                "people": _("People"),
                "agreements": _("Agreements"),
                "month": _("Month"),
                "hours": _("Hours"),
                "delivered_on": _("Delivered on"),
                "returned_on": _("Returned on"),
                "issued_on": _("Issued on"),
            },
        )
        speak_of_agreements()
        words = {"days": _("Days"), "acted_for": _("On behalf of")}
        speak(DAY_PHRASES, fields=words, reserved=DAY_PHRASES)
        speak(CALENDAR_PHRASES)


def speak_of_agreements() -> None:
    """Teach the trace the verbs of requests and agreements; none says why."""
    speak(
        {
            "interest.sent": _("Expression of interest sent"),
            "interest.withdrawn": _("Expression of interest taken back"),
            "interest.passed": _("Request passed to who holds the post"),
            "interest.incomplete": _("Requirements of a request: something is missing"),
            "interest.checked": _("Requirements of a request checked"),
            "interest.granted": _("Request of agile work granted"),
            "interest.refused": _("Request of agile work refused"),
            "agreement.begun": _("Agreement begun"),
            "agreement.written": _("Text of an agreement written"),
            "agreement.offered": _("Agreement offered"),
            "agreement.given_back": _("Agreement given back"),
            "agreement.accepted": _("Agreement accepted by one side"),
            "agreement.concluded": _("Agreement concluded"),
            "agreement.renewal_asked": _("Renewal of an agreement asked for"),
            "agreement.evaluated": _("Agreement evaluated"),
            "agreement.suspended": _("Agreement suspended"),
            "agreement.withdrawn": _("Withdrawal from an agreement"),
            "agreement.dropped": _("Agreement not concluded"),
            "agreement.renewed": _("Terms of the renewal in force"),
            "agreement.expired": _("Agreement expired"),
            "agreement.moved": _("Agreement taken to another unit"),
            "agreement.passed": _("Agreement passed to who holds the post"),
            "exemption.granted": _("Exemption granted"),
        },
        fields={"side": _("side"), "signs": _("Decides and signs")},
        # The moment beside the last day, which the register of agreements shows, gives the length
        # of the notice: 90 days are those of a protected worker (art. 8). Exempted are the fragile
        # (art. 4): a list of the exemptions would be one of them. A suspension may have its cause
        # in the person too.
        reserved={"agreement.withdrawn", "agreement.suspended", "exemption.granted"},
    )
