from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('results', '0014_critical_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='outsideresult',
            name='values',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='outsideresult',
            name='text',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='outsideresult',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), ('values', []), _negated=True), name='outside_result_says_something'),
        ),
    ]
