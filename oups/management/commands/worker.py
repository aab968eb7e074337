"""The background work, beside the web server: documents, letters, and all the rest, each in a lane of its own."""

import asyncio
import signal
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

# The jobs done at once in each queue. An antivirus or a mail server that hangs holds its own lane only.
LANES = {"documents": 2, "letters": 2, "default": 1}


class Command(BaseCommand):
    help = "Fait le travail de fond : contrôle les documents, envoie le courrier, tient la recherche et les délais."

    def handle(self, **options: Any) -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(work())


async def work() -> None:
    """Do jobs until asked to stop; those begun are then ended. A lane that breaks stops the others: all start again."""
    async with app.open_async():
        lanes = [
            asyncio.create_task(
                app.run_worker_async(name=queue, queues=[queue], concurrency=jobs, install_signal_handlers=False)
            )
            for queue, jobs in LANES.items()
        ]
        for request_to_stop in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(request_to_stop, _stop, lanes)
        broken, others = await asyncio.wait(lanes, return_when=asyncio.FIRST_EXCEPTION)
        _stop(others)
        await asyncio.gather(*others, return_exceptions=True)
        for lane in broken:
            if not lane.cancelled():
                lane.result()


def _stop(lanes: Iterable["asyncio.Task[None]"]) -> None:
    for lane in lanes:
        lane.cancel()
