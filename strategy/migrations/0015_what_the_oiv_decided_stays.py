"""What the OIV examined stays as it was when it decided; what it noted stays as it was written."""

from django.db import migrations

from organization.immutability import guard, unguard

DECIDED_EXAMINATION = (
    "EXISTS (SELECT 1 FROM strategy_reportvalidation AS decided"
    " WHERE decided.edition_id = {row}.edition_id)"
)
DECIDED_FINDING = (
    "EXISTS (SELECT 1 FROM strategy_reportvalidation AS decided"
    " JOIN strategy_reportexamination AS examined ON examined.edition_id = decided.edition_id"
    " WHERE examined.id = {row}.examination_id)"
)
# An objective that is removed leaves its notes: what they are about stands in their words.
OTHER_WORDS = (
    "NEW.text <> OLD.text OR NEW.plan_id <> OLD.plan_id OR NEW.year <> OLD.year"
    " OR NEW.subject_label <> OLD.subject_label OR NEW.written_at <> OLD.written_at"
    " OR NEW.written_by_id <> OLD.written_by_id"
)
NOTES = "strategy_oversightnote"
GUARDED = [
    (table, verb, refused.format(row="NEW" if verb == "insert" else "OLD"))
    for table, refused in (
        ("strategy_reportexamination", DECIDED_EXAMINATION),
        ("strategy_criterionfinding", DECIDED_FINDING),
    )
    for verb in ("insert", "update", "delete")
] + [(NOTES, "update", OTHER_WORDS), (NOTES, "delete", "1 = 1")]


class Migration(migrations.Migration):
    dependencies = [("strategy", "0014_what_the_oiv_writes")]

    operations = [
        migrations.RunPython(guard(table, verb, refused), unguard(table, verb), elidable=False)
        for table, verb, refused in GUARDED
    ]
