"""The audit trail, the versions of tracked rows and the seals of the chain."""

from django.db import migrations

TABLES = """
CREATE SEQUENCE audit_entry_id_seq AS bigint;
CREATE TABLE audit_entry (
    -- Stands before the number: defaults are computed in this order, so no entry has a number before its transaction has
    -- its own, which is what lets the sealing know that a stretch of numbers is complete.
    txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint NOT NULL DEFAULT nextval('audit_entry_id_seq'),
    at timestamptz NOT NULL,
    actor_kind varchar(10) NOT NULL,
    actor_id varchar(64) NOT NULL,
    actor_label varchar(120) NOT NULL,
    campus_code varchar(20) NOT NULL DEFAULT '',
    action varchar(60) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id varchar(64) NOT NULL,
    person_id uuid NULL,
    was_refused boolean NOT NULL DEFAULT false,
    reason text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}',
    ip varchar(45) NOT NULL DEFAULT '',
    request_id varchar(36) NOT NULL DEFAULT '',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_entry_other PARTITION OF audit_entry DEFAULT;
CREATE INDEX audit_entry_person ON audit_entry (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id);
CREATE INDEX audit_entry_refused ON audit_entry (id) WHERE was_refused;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE SEQUENCE audit_version_id_seq AS bigint;
CREATE TABLE audit_version (
    id bigint NOT NULL DEFAULT nextval('audit_version_id_seq'),
    at timestamptz NOT NULL,
    table_name varchar(63) NOT NULL,
    row_id varchar(64) NOT NULL,
    operation varchar(6) NOT NULL,
    before jsonb NULL,
    after jsonb NULL,
    actor varchar(180) NOT NULL DEFAULT '',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_version_other PARTITION OF audit_version DEFAULT;
CREATE INDEX audit_version_row ON audit_version (table_name, row_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_version
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
SELECT kernel_ensure_partitions('audit_entry', (now() - interval '2 months')::date, 15);
SELECT kernel_ensure_partitions('audit_version', (now() - interval '2 months')::date, 15);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(
            TABLES, "DROP TABLE audit_entry, audit_version; DROP SEQUENCE audit_entry_id_seq, audit_version_id_seq"
        ),
    ]
