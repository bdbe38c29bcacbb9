import django.db.models.deletion
import hospital.kernel.ids
import hospital.results.states
import hospital.results.types
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('audit', '0001_initial'),
        ('campuses', '0001_initial'),
        ('encounters', '0001_initial'),
        ('patients', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Analyte',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name_zh', models.CharField(max_length=100)),
                ('name_en', models.CharField(max_length=160)),
                ('unit', models.CharField(blank=True, max_length=30)),
                ('decimals', models.PositiveSmallIntegerField(null=True)),
                ('loinc', models.CharField(blank=True, max_length=20)),
                ('value_type', models.CharField(choices=[('NUMBER', 'NUMBER'), ('CHOICE', 'CHOICE'), ('TEXT', 'TEXT')], max_length=8)),
                ('choices', models.JSONField(default=list)),
                ('is_sensitive', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='CriticalCall',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('value', models.CharField(max_length=60)),
                ('answered_by', models.CharField(max_length=120)),
                ('read_back', models.CharField(max_length=60)),
                ('is_match', models.BooleanField()),
                ('called_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LabReport',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('DRAFT', 'DRAFT'), ('ENTERED', 'ENTERED'), ('VERIFIED', 'VERIFIED'), ('SUPERSEDED', 'SUPERSEDED')], max_length=10)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('collected_at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('tested_at', models.DateTimeField(null=True)),
                ('reported_at', models.DateTimeField(null=True)),
                ('comment_zh', models.TextField(blank=True)),
                ('comment_en', models.TextField(blank=True)),
                ('amend_reason', models.TextField(blank=True)),
                ('is_held', models.BooleanField(default=False)),
                ('released_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LabRequest',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('order_line_id', models.UUIDField()),
                ('item_code', models.CharField(max_length=40)),
                ('panel_codes', models.JSONField(default=list)),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveSmallIntegerField()),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='PanelItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('item_code', models.CharField(db_index=True, max_length=40)),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ReferenceRange',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sex', models.CharField(default='ANY', max_length=3)),
                ('age_from_days', models.PositiveIntegerField(default=0)),
                ('age_to_days', models.PositiveIntegerField(null=True)),
                ('low', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('high', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('critical_low', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('critical_high', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('text_zh', models.CharField(blank=True, max_length=120)),
                ('text_en', models.CharField(blank=True, max_length=160)),
                ('normal_choices', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='ResultValue',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('request_position', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('group_zh', models.CharField(max_length=200)),
                ('group_en', models.CharField(blank=True, max_length=300)),
                ('code', models.CharField(max_length=20)),
                ('name_zh', models.CharField(max_length=100)),
                ('name_en', models.CharField(max_length=160)),
                ('unit', models.CharField(blank=True, max_length=30)),
                ('text', models.CharField(blank=True, max_length=60)),
                ('display_zh', models.CharField(blank=True, max_length=80)),
                ('display_en', models.CharField(blank=True, max_length=120)),
                ('number', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('range_zh', models.CharField(blank=True, max_length=120)),
                ('range_en', models.CharField(blank=True, max_length=160)),
                ('low', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('high', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('critical_low', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('critical_high', models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ('normal_choices', models.JSONField(default=list)),
                ('flag', models.CharField(choices=[('N', 'N'), ('H', 'H'), ('L', 'L'), ('HH', 'HH'), ('LL', 'LL'), ('A', 'A')], default=hospital.results.types.Flag['NORMAL'], max_length=2)),
                ('is_critical', models.BooleanField(default=False)),
                ('entered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Specimen',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('name_zh', models.CharField(max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('container_zh', models.CharField(blank=True, max_length=80)),
                ('container_en', models.CharField(blank=True, max_length=160)),
                ('state', models.CharField(choices=[('REQUESTED', 'REQUESTED'), ('COLLECTED', 'COLLECTED'), ('RECEIVED', 'RECEIVED'), ('RESULTED', 'RESULTED'), ('VERIFIED', 'VERIFIED'), ('REJECTED', 'REJECTED')], default=hospital.results.states.SpecimenState['REQUESTED'], max_length=10)),
                ('is_emergency', models.BooleanField(default=False)),
                ('requested_at', models.DateTimeField()),
                ('collected_at', models.DateTimeField(null=True)),
                ('received_at', models.DateTimeField(null=True)),
                ('quality_zh', models.CharField(blank=True, max_length=120)),
                ('quality_en', models.CharField(blank=True, max_length=160)),
                ('rejected_at', models.DateTimeField(null=True)),
                ('reject_reason', models.CharField(blank=True, max_length=200)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='analyte',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='eb127bf632faa20812bf00199be7399a3467fbd9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_b627b', table='results_analyte', when='AFTER')),
        ),
        migrations.AddField(
            model_name='criticalcall',
            name='called_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labreport',
            name='encounter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.encounter'),
        ),
        migrations.AddField(
            model_name='labreport',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.person'),
        ),
        migrations.AddField(
            model_name='labreport',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labreport',
            name='tester',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='labreport',
            name='verifier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='panelitem',
            name='analyte',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='results.analyte'),
        ),
        migrations.AddField(
            model_name='referencerange',
            name='analyte',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranges', to='results.analyte'),
        ),
        migrations.AddField(
            model_name='resultvalue',
            name='analyte',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='results.analyte'),
        ),
        migrations.AddField(
            model_name='resultvalue',
            name='entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='resultvalue',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='results.labreport'),
        ),
        migrations.AddField(
            model_name='criticalcall',
            name='result',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='results.resultvalue'),
        ),
        migrations.AddField(
            model_name='specimen',
            name='campus',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campuses.campus'),
        ),
        migrations.AddField(
            model_name='specimen',
            name='collected_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='specimen',
            name='encounter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.encounter'),
        ),
        migrations.AddField(
            model_name='specimen',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.person'),
        ),
        migrations.AddField(
            model_name='specimen',
            name='received_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='specimen',
            name='rejected_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='specimen',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='results.specimen'),
        ),
        migrations.AddField(
            model_name='labrequest',
            name='specimen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='results.specimen'),
        ),
        migrations.AddField(
            model_name='labreport',
            name='specimen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='results.specimen'),
        ),
        migrations.AddConstraint(
            model_name='panelitem',
            constraint=models.UniqueConstraint(fields=('item_code', 'analyte'), name='panel_analyte_once'),
        ),
        migrations.AddConstraint(
            model_name='referencerange',
            constraint=models.UniqueConstraint(fields=('analyte', 'sex', 'age_from_days'), name='range_once'),
        ),
        migrations.AddConstraint(
            model_name='referencerange',
            constraint=models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('low__lte', models.F('high')), _connector='OR'), name='range_low_high'),
        ),
        migrations.AddConstraint(
            model_name='referencerange',
            constraint=models.CheckConstraint(condition=models.Q(('age_to_days__isnull', True), ('age_to_days__gt', models.F('age_from_days')), _connector='OR'), name='range_age_forward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referencerange',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='74e5654ebccfce0a60079f04ec0e050114ab120e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_b4d53', table='results_referencerange', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='resultvalue',
            index=models.Index(fields=['code'], name='result_code'),
        ),
        migrations.AddConstraint(
            model_name='resultvalue',
            constraint=models.UniqueConstraint(fields=('report', 'analyte'), name='analyte_once_a_report'),
        ),
        migrations.AddConstraint(
            model_name='resultvalue',
            constraint=models.CheckConstraint(condition=models.Q(('is_critical', False), ('flag__in', ['HH', 'LL', 'A']), _connector='OR'), name='critical_has_flag'),
        ),
        migrations.AddConstraint(
            model_name='resultvalue',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), models.Q(('entered_at__isnull', False), ('entered_by__isnull', False)), _connector='OR'), name='value_entered_at_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultvalue',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='0b0db84c9afc60349e0ed2ce0601dbcae59e98e0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_8cfec', table='results_resultvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resultvalue',
            trigger=pgtrigger.compiler.Trigger(name='verified_value_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM results_labreport\n                        WHERE id IN (OLD.report_id, NEW.report_id) AND state IN ('VERIFIED', 'SUPERSEDED')\n                    ) THEN\n                        RAISE EXCEPTION 'a verified value does not change'\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='1bfedcef9ffb883421356e27a02b8aa3f52f7283', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_verified_value_stays_c05ee', table='results_resultvalue', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criticalcall',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n        ", hash='35dd7c1fa63f9a6da2568cb26f1e67385ac9178e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f400e', table='results_criticalcall', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='specimen',
            index=models.Index(fields=['campus', 'state', 'requested_at'], name='specimen_queue'),
        ),
        migrations.AddIndex(
            model_name='specimen',
            index=models.Index(fields=['encounter'], name='specimen_encounter'),
        ),
        migrations.AddConstraint(
            model_name='specimen',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['REQUESTED', 'REJECTED']), ('collected_at__isnull', False), _connector='OR'), name='specimen_collected_at'),
        ),
        migrations.AddConstraint(
            model_name='specimen',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['RECEIVED', 'RESULTED', 'VERIFIED']), _negated=True), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='specimen_received_at_by'),
        ),
        migrations.AddConstraint(
            model_name='specimen',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'REJECTED'), _negated=True), models.Q(('rejected_at__isnull', False), models.Q(('reject_reason', ''), _negated=True)), _connector='OR'), name='specimen_rejected_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='specimen',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='6472080e6f206b8e330316beb41991381915616d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_b4135', table='results_specimen', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='labrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('order_line_id',), name='line_asked_of_one_specimen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labrequest',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='574ed312ad0c4d4ac62446cb00d54ad6d0e4b3a9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_8ee74', table='results_labrequest', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='labreport',
            index=models.Index(fields=['person', '-reported_at'], name='report_person'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.UniqueConstraint(fields=('specimen', 'version'), name='report_version_once'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.UniqueConstraint(fields=('number', 'version'), name='report_number_once'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['DRAFT', 'ENTERED'])), fields=('specimen',), name='one_open_report'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'VERIFIED')), fields=('specimen',), name='one_current_report'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.CheckConstraint(condition=models.Q(('tester', models.F('verifier')), _negated=True), name='tester_is_not_verifier'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ENTERED', 'VERIFIED', 'SUPERSEDED']), _negated=True), models.Q(('tested_at__isnull', False), ('tester__isnull', False)), _connector='OR'), name='report_tested_at_by'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['VERIFIED', 'SUPERSEDED']), _negated=True), models.Q(('reported_at__isnull', False), ('verifier__isnull', False)), _connector='OR'), name='report_reported_at_by'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.CheckConstraint(condition=models.Q(('released_at__isnull', True), ('state__in', ['VERIFIED', 'SUPERSEDED']), _connector='OR'), name='released_after_verified'),
        ),
        migrations.AddConstraint(
            model_name='labreport',
            constraint=models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('amend_reason', ''), _negated=True), _connector='OR'), name='report_amendment_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labreport',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='33360034b48edb36de313aad27248a2e5249ee8f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_3a7df', table='results_labreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labreport',
            trigger=pgtrigger.compiler.Trigger(name='verified_report_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.state IN ('VERIFIED', 'SUPERSEDED') AND (\n                        TG_OP = 'DELETE'\n                        OR (to_jsonb(OLD) - 'state' - 'released_at' - 'released_by_id' - 'is_held') IS DISTINCT FROM (to_jsonb(NEW) - 'state' - 'released_at' - 'released_by_id' - 'is_held')\n                    ) THEN\n                        RAISE EXCEPTION 'a verified report does not change'\n                            USING ERRCODE = 'integrity_constraint_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='9f793890c0457ffee41c124ce175108c13df75c2', operation='UPDATE OR DELETE', pgid='pgtrigger_verified_report_stays_3cde5', table='results_labreport', when='BEFORE')),
        ),
    ]
