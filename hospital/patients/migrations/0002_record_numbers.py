"""The sequence of record numbers and the indexes of name search."""

from django.db import migrations

SQL = """
CREATE SEQUENCE patients_mrn_seq START 4471;
CREATE INDEX person_name_key_trgm ON patients_person USING gin (name_key gin_trgm_ops);
CREATE INDEX person_chinese_name_trgm ON patients_person USING gin (chinese_name gin_trgm_ops);
CREATE INDEX person_pinyin_trgm ON patients_person USING gin (pinyin gin_trgm_ops);
"""
REVERSE = """
DROP SEQUENCE patients_mrn_seq;
DROP INDEX person_name_key_trgm, person_chinese_name_trgm, person_pinyin_trgm;
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0001_initial"), ("kernel", "0001_initial")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
