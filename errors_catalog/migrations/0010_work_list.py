"""What the work list reads fast: the addresses that texts link to, kept by the database itself, and indexes."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import errors_catalog.models.frequent_error
from django.conf import settings
from django.db import migrations, models


LINKS = r"""
CREATE FUNCTION oups_links(VARIADIC texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT found[1]), '{}')
    FROM regexp_matches(array_to_string(texts, E'\n'), '\]\((https://[^)\s]+)\)', 'g') AS found
    WHERE length(found[1]) <= 300
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('errors_catalog', '0009_readers_voice'),
        ('life_events', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(LINKS, "DROP FUNCTION oups_links"),
        migrations.AddField(
            model_name='frequenterror',
            name='links',
            field=models.GeneratedField(db_persist=True, expression=errors_catalog.models.frequent_error.Linked('correction', 'sanction', 'repayment', 'situation', 'prevention'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None), serialize=False, verbose_name='liens des textes'),
        ),
        migrations.AddIndex(
            model_name='entryevent',
            index=models.Index(condition=models.Q(('action__in', ['published', 'checked'])), fields=['at'], include=('action',), name='entry_event_by_week'),
        ),
        migrations.AddIndex(
            model_name='frequenterror',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['check_due'], name='error_check_due'),
        ),
        migrations.AddIndex(
            model_name='frequenterror',
            index=models.Index(condition=models.Q(models.Q(('status', 'archived'), _negated=True), models.Q(('editor_note', ''), _negated=True)), fields=['checked_on'], name='error_noted'),
        ),
        migrations.AddIndex(
            model_name='frequenterror',
            index=django.contrib.postgres.indexes.GinIndex(fields=['links'], name='error_links'),
        ),
        migrations.AddIndex(
            model_name='officialsource',
            index=models.Index(fields=['url'], name='source_url'),
        ),
        migrations.AddIndex(
            model_name='searchlog',
            index=models.Index(fields=['day'], include=('times', 'results'), name='search_log_by_week'),
        ),
        migrations.AddIndex(
            model_name='searchlog',
            index=models.Index(condition=models.Q(('results', 0), ('verdict', 'open')), fields=['query'], include=('times', 'day'), name='search_log_unanswered'),
        ),
    ]
