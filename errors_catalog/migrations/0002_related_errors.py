"""What Django cannot declare on a plain many-to-many table: three neighbours at most, and never oneself."""

from django.db import migrations

CREATE = """
ALTER TABLE errors_catalog_frequenterror_related
    ADD CONSTRAINT related_error_is_another CHECK (from_frequenterror_id <> to_frequenterror_id);

CREATE FUNCTION errors_catalog_three_related_errors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM errors_catalog_frequenterror_related
        WHERE from_frequenterror_id = NEW.from_frequenterror_id) > 3 THEN
        RAISE EXCEPTION 'trois erreurs voisines au plus'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'related_errors_are_three_at_most';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER related_errors_are_three_at_most
    AFTER INSERT OR UPDATE ON errors_catalog_frequenterror_related
    FOR EACH ROW EXECUTE FUNCTION errors_catalog_three_related_errors();
"""
DROP = """
DROP TRIGGER related_errors_are_three_at_most ON errors_catalog_frequenterror_related;
DROP FUNCTION errors_catalog_three_related_errors();
ALTER TABLE errors_catalog_frequenterror_related DROP CONSTRAINT related_error_is_another;
"""


class Migration(migrations.Migration):
    dependencies = [("errors_catalog", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, reverse_sql=DROP)]
