"""French full-text search that ignores accents: « impot » finds « impôts »."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

CREATE = """
CREATE TEXT SEARCH CONFIGURATION public.oups_french (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION public.oups_french
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;

-- array_to_string is only STABLE for any array; for text it depends on nothing, which a generated column requires.
CREATE FUNCTION public.oups_join(words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT array_to_string(words, ' ') $$;
"""
DROP = """
DROP FUNCTION public.oups_join(text[]);
DROP TEXT SEARCH CONFIGURATION public.oups_french;
"""


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, reverse_sql=DROP),
    ]
