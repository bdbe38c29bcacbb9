"""The event stream and the function that makes month partitions."""

from django.db import migrations, models
from django.utils import timezone

FUNCTION = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE FUNCTION kernel_ensure_partitions(parent text, first date, months integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    start date := date_trunc('month', first);
BEGIN
    FOR i IN 1..months LOOP
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
            parent || to_char(start, '_YYYY_MM'), parent,
            start::timestamp AT TIME ZONE 'UTC', (start + interval '1 month')::timestamp AT TIME ZONE 'UTC');
        start := start + interval '1 month';
    END LOOP;
END $$;
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

EVENTS = """
CREATE SEQUENCE kernel_event_id_seq AS bigint;
CREATE TABLE kernel_event (
    id bigint NOT NULL DEFAULT nextval('kernel_event_id_seq'),
    at timestamptz NOT NULL,
    kind varchar(60) NOT NULL,
    person_id uuid NULL,
    encounter_id uuid NULL,
    subject_id varchar(64) NOT NULL,
    facts jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE kernel_event_other PARTITION OF kernel_event DEFAULT;
CREATE INDEX kernel_event_subject ON kernel_event (subject_id);
CREATE INDEX kernel_event_encounter ON kernel_event (encounter_id) WHERE encounter_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
SELECT kernel_ensure_partitions('kernel_event', (now() - interval '2 months')::date, 15);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION kernel_ensure_partitions, kernel_refuse_change"),
        migrations.RunSQL(EVENTS, "DROP TABLE kernel_event; DROP SEQUENCE kernel_event_id_seq"),
        migrations.CreateModel(
            name="DomainEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "id", "at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField(editable=False)),
                ("at", models.DateTimeField(default=timezone.now)),
                ("kind", models.CharField(max_length=60)),
                ("person_id", models.UUIDField(null=True)),
                ("encounter_id", models.UUIDField(null=True)),
                ("subject_id", models.CharField(max_length=64)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={"db_table": "kernel_event", "managed": False},
        ),
    ]
