import django.db.models.deletion
import hospital.kernel.ids
import hospital.orders.states
import hospital.orders.types
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('audit', '0001_initial'),
        ('catalog', '0001_initial'),
        ('encounters', '0001_initial'),
        ('patients', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24, unique=True)),
                ('kind', models.CharField(choices=[('PRESCRIPTION', 'PRESCRIPTION'), ('LAB', 'LAB'), ('EXAM', 'EXAM')], max_length=12)),
                ('state', models.CharField(choices=[('DRAFT', 'DRAFT'), ('SIGNED', 'SIGNED'), ('CANCELLED', 'CANCELLED')], default=hospital.orders.states.OrderState['DRAFT'], max_length=10)),
                ('prescription_class', models.CharField(blank=True, choices=[('ORDINARY', 'ORDINARY'), ('EMERGENCY', 'EMERGENCY'), ('PEDIATRIC', 'PEDIATRIC'), ('NARCOTIC', 'NARCOTIC'), ('PSYCHOTROPIC_I', 'PSYCHOTROPIC_I'), ('PSYCHOTROPIC_II', 'PSYCHOTROPIC_II')], max_length=16)),
                ('is_decoction', models.BooleanField(default=False)),
                ('urgency', models.CharField(choices=[('ROUTINE', 'ROUTINE'), ('URGENT', 'URGENT'), ('EMERGENCY', 'EMERGENCY')], default=hospital.orders.types.Urgency['ROUTINE'], max_length=10)),
                ('clinical_info', models.TextField(blank=True)),
                ('purpose', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.TextField(blank=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.encounter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.person')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('item_code', models.CharField(max_length=40)),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=300)),
                ('spec_zh', models.CharField(blank=True, max_length=200)),
                ('spec_en', models.CharField(blank=True, max_length=200)),
                ('unit_zh', models.CharField(blank=True, max_length=40)),
                ('unit_en', models.CharField(blank=True, max_length=60)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12)),
                ('is_quantity_computed', models.BooleanField(default=False)),
                ('dose', models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ('dose_unit', models.CharField(blank=True, max_length=20)),
                ('route', models.CharField(blank=True, choices=[('PO', 'PO'), ('SL', 'SL'), ('IV', 'IV'), ('IVD', 'IVD'), ('IM', 'IM'), ('SC', 'SC'), ('INH', 'INH'), ('TOP', 'TOP'), ('OPH', 'OPH'), ('OTIC', 'OTIC'), ('NAS', 'NAS'), ('PR', 'PR'), ('PV', 'PV')], max_length=12)),
                ('frequency', models.CharField(blank=True, choices=[('QD', 'QD'), ('BID', 'BID'), ('TID', 'TID'), ('QID', 'QID'), ('QN', 'QN'), ('Q12H', 'Q12H'), ('Q8H', 'Q8H'), ('Q6H', 'Q6H'), ('Q4H', 'Q4H'), ('QOD', 'QOD'), ('QW', 'QW'), ('STAT', 'STAT'), ('PRN', 'PRN')], max_length=8)),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('days_reason', models.CharField(blank=True, max_length=300)),
                ('allergy_groups', models.JSONField(default=list)),
                ('allergy_reason', models.CharField(blank=True, max_length=300)),
                ('specimen_zh', models.CharField(blank=True, max_length=60)),
                ('specimen_en', models.CharField(blank=True, max_length=120)),
                ('container_zh', models.CharField(blank=True, max_length=80)),
                ('container_en', models.CharField(blank=True, max_length=160)),
                ('body_part_zh', models.CharField(blank=True, max_length=80)),
                ('body_part_en', models.CharField(blank=True, max_length=160)),
                ('preparation_zh', models.TextField(blank=True)),
                ('preparation_en', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('PENDING', 'PENDING'), ('EXECUTED', 'EXECUTED'), ('CANCELLED', 'CANCELLED')], default=hospital.orders.states.LineState['PENDING'], max_length=10)),
                ('executed_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('executed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.catalogitem')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='orders.order')),
            ],
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['encounter'], name='order_encounter'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['person', '-signed_at'], name='order_person'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('signed_by__isnull', True), ('state', 'DRAFT')), models.Q(models.Q(('state', 'DRAFT'), _negated=True), ('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='order_signed_at_by'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'CANCELLED'), _negated=True), models.Q(('cancelled_at__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='order_cancelled_at'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'PRESCRIPTION'), models.Q(('prescription_class', ''), _negated=True)), models.Q(models.Q(('kind', 'PRESCRIPTION'), _negated=True), ('prescription_class', '')), _connector='OR'), name='prescription_has_class'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='a85bda0661a3c1cc45a9bdc32819d301014fc7c6', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_27177', table='orders_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='signed_order_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP <> 'INSERT' AND OLD.state <> 'DRAFT') AND (\n                TG_OP <> 'UPDATE' OR (to_jsonb(OLD) - 'state' - 'cancelled_at' - 'cancel_reason') IS DISTINCT FROM (to_jsonb(NEW) - 'state' - 'cancelled_at' - 'cancel_reason')\n            ) THEN\n                RAISE EXCEPTION 'a signed order does not change'\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN COALESCE(NEW, OLD);\n        ", hash='20005f58e799a638a8b72a81df0131ad7839932c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_signed_order_stays_a725b', table='orders_order', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.UniqueConstraint(fields=('order', 'item_code'), name='item_once_an_order'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='line_quantity_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('executed_at__isnull', False), ('executed_by__isnull', False), ('state', 'EXECUTED')), models.Q(models.Q(('state', 'EXECUTED'), _negated=True), ('executed_at__isnull', True)), _connector='OR'), name='line_executed_at_by'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'CANCELLED'), _negated=True), ('cancelled_at__isnull', False), _connector='OR'), name='line_cancelled_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='keep_versions', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            INSERT INTO audit_version (at, table_name, row_id, operation, before, after, actor)\n            VALUES (\n                clock_timestamp(), TG_TABLE_NAME, COALESCE(NEW.id, OLD.id)::text, TG_OP,\n                CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END,\n                CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END,\n                COALESCE(current_setting('imc.actor', true), ''));\n            RETURN NULL;\n        ", hash='4ba38812f80679e0022600397aa8737eb4a57661', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_keep_versions_15397', table='orders_orderline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='signed_line_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (EXISTS (SELECT 1 FROM orders_order WHERE id IN (OLD.order_id, NEW.order_id) AND state <> 'DRAFT')) AND (\n                TG_OP <> 'UPDATE' OR (to_jsonb(OLD) - 'state' - 'executed_by_id' - 'executed_at' - 'cancelled_at' - 'cancel_reason') IS DISTINCT FROM (to_jsonb(NEW) - 'state' - 'executed_by_id' - 'executed_at' - 'cancelled_at' - 'cancel_reason')\n            ) THEN\n                RAISE EXCEPTION 'a signed order does not change'\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN COALESCE(NEW, OLD);\n        ", hash='b08b635d134a805e1892ae9c3158e0f51b42f9cb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_signed_line_stays_8fe43', table='orders_orderline', when='BEFORE')),
        ),
    ]
