import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import hospital.kernel.ids
import hospital.records.states
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('audit', '0001_initial'),
        ('encounters', '0001_initial'),
        ('patients', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Icd10Code',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('name_zh', models.CharField(max_length=160)),
                ('name_en', models.CharField(max_length=255)),
                ('pinyin', models.CharField(blank=True, max_length=400)),
                ('initials', models.CharField(blank=True, max_length=80)),
                ('chapter', models.CharField(max_length=8)),
                ('search_text', models.TextField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='icd10_search', opclasses=['gin_trgm_ops']), models.Index(django.db.models.functions.text.Upper('code'), name='icd10_code_upper')],
            },
        ),
        migrations.CreateModel(
            name='VisitNote',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('DRAFT', 'DRAFT'), ('SIGNED', 'SIGNED')], default=hospital.records.states.NoteState['DRAFT'], max_length=8)),
                ('complaint', models.TextField(blank=True)),
                ('findings', models.TextField(blank=True)),
                ('plan', models.TextField(blank=True)),
                ('amend_reason', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.encounter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.person')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Diagnosis',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=12)),
                ('name_zh', models.CharField(max_length=160)),
                ('name_en', models.CharField(max_length=255)),
                ('is_main', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.encounter')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='diagnoses', to='records.visitnote')),
            ],
            options={
                'verbose_name_plural': 'diagnoses',
            },
        ),
        migrations.AddIndex(
            model_name='visitnote',
            index=models.Index(fields=['person', '-signed_at'], name='note_person'),
        ),
        migrations.AddConstraint(
            model_name='visitnote',
            constraint=models.UniqueConstraint(fields=('encounter', 'version'), name='note_version_once'),
        ),
        migrations.AddConstraint(
            model_name='visitnote',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'DRAFT')), fields=('encounter',), name='one_draft_note'),
        ),
        migrations.AddConstraint(
            model_name='visitnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True), ('state', 'DRAFT')), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False), ('state', 'SIGNED')), _connector='OR'), name='note_signed_at_by'),
        ),
        migrations.AddConstraint(
            model_name='visitnote',
            constraint=models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('amend_reason', ''), _negated=True), _connector='OR'), name='amendment_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='visitnote',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='5b61aa6d2baba1212eb8f21887425f73b09c6392', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_4fd20', table='records_visitnote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='visitnote',
            trigger=pgtrigger.compiler.Trigger(name='signed_note_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'SIGNED\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a89906fd4de6605eaf335bcace0b217b4d26729', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_note_stays_ad9e1', table='records_visitnote', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='diagnosis',
            index=models.Index(fields=['encounter'], name='diagnosis_encounter'),
        ),
        migrations.AddConstraint(
            model_name='diagnosis',
            constraint=models.UniqueConstraint(fields=('note', 'code'), name='diagnosis_once_a_note'),
        ),
        migrations.AddConstraint(
            model_name='diagnosis',
            constraint=models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('note',), name='one_main_diagnosis'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diagnosis',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='7d8a8776816dc0005a912300fad32a3f712e8fc3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_b3003', table='records_diagnosis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='diagnosis',
            trigger=pgtrigger.compiler.Trigger(name='signed_diagnosis_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM records_visitnote\n                        WHERE id IN (OLD.note_id, NEW.note_id) AND state = 'SIGNED'\n                    ) THEN\n                        RAISE EXCEPTION 'the note of this diagnosis is signed'\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='73f31bbe13dbc8d3dba0d7c88329d329d49a9a7e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_signed_diagnosis_stays_0a586', table='records_diagnosis', when='BEFORE')),
        ),
    ]
