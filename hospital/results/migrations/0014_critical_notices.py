import django.db.models.deletion
import hospital.kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0013_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CriticalNotice',
            fields=[
                ('id', models.UUIDField(default=hospital.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('by_email', models.BooleanField()),
            ],
        ),
        migrations.AddField(
            model_name='criticalalert',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='criticalalert',
            name='withdrawn_why',
            field=models.CharField(blank=True, choices=[('CORRECTED', 'Corrected'), ('REPLACED', 'Replaced'), ('REJECTED', 'Rejected')], max_length=10),
        ),
        migrations.AlterField(
            model_name='criticalalert',
            name='result',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='results.resultvalue'),
        ),
        migrations.AddConstraint(
            model_name='criticalalert',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('result',), name='one_loop_of_a_value'),
        ),
        migrations.AddConstraint(
            model_name='criticalalert',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by__isnull', True), ('withdrawn_why', '')), _connector='OR'), name='alert_withdrawn_why'),
        ),
        migrations.AddField(
            model_name='criticalnotice',
            name='alert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='results.criticalalert'),
        ),
        migrations.AddField(
            model_name='criticalnotice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='criticalnotice',
            constraint=models.UniqueConstraint(fields=('alert', 'level', 'user'), name='told_once_a_threshold'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criticalnotice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n        ", hash='0accf3345ff1ccbd6c489d4420e0c89438b5c280', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_554e0', table='results_criticalnotice', when='BEFORE')),
        ),
    ]
