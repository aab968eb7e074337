"""What the worker does for the worker."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

SILENT = 30  # seconds without a sign of life of the worker that held a job


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of a worker that was killed. Each is written so that doing it twice changes nothing."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        await manager.retry_job(job)
