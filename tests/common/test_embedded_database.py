import psycopg

from common import embedded_database


def test_a_directory_left_half_made_is_made_again(tmp_path):
    data_dir = tmp_path / "postgres"
    data_dir.mkdir()
    (data_dir / "PG_VERSION").write_text("18")  # initdb was killed after its first file

    with (
        embedded_database.running(data_dir, database="essai"),
        psycopg.connect(embedded_database.url(data_dir, database="essai")) as connection,
    ):
        assert connection.execute("SELECT current_database()").fetchone() == ("essai",)


def test_data_is_found_again_at_the_second_start(tmp_path):
    data_dir = tmp_path / "postgres"
    for statement in ("CREATE TABLE note AS SELECT 1 AS value", "SELECT value FROM note"):
        with (
            embedded_database.running(data_dir, database="essai"),
            psycopg.connect(embedded_database.url(data_dir, database="essai"), autocommit=True) as connection,
        ):
            connection.execute(statement)


def test_the_server_stops_at_the_end(tmp_path):
    data_dir = tmp_path / "postgres"
    with embedded_database.running(data_dir, database="essai"):
        pass

    assert not (data_dir / "postmaster.pid").exists()
