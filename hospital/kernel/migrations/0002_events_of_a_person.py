"""The app asks every second or two whether anything happened to one's people: by an index of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX kernel_event_person ON kernel_event (person_id, id) WHERE person_id IS NOT NULL",
            "DROP INDEX kernel_event_person",
        )
    ]
