"""Checks one file then neutralises it, in a process so small that its memory tells what the file costs.

Run by `examination`, as `python -m tests.uploads.examiner FILE NAME FOLDER`; the pages go to the folder. What the
confined process takes is counted too: the web server pays for it.
"""

import json
import re
import resource
import sys
from pathlib import Path

from common.uploads.checks import check
from common.uploads.kinds import recognise
from common.uploads.neutralise import neutralise
from common.uploads.refusals import NeutralisationFailed, Refused

PATIENCE = 60  # seconds by the clock, so that a busy machine changes no answer; those of the processor stay limited


def resident(name: str) -> int:
    """A figure of this process's memory, in bytes. `VmHWM` is its peak, `VmRSS` what it holds now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(rf"{name}:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]


def processor_time() -> float:
    """What this process and those it waited for took, in seconds, whatever else the machine does."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main(path: Path, name: str, folder: Path) -> dict[str, object]:
    data = path.read_bytes()
    said: dict[str, object] = {"answer": "accepted", "findings": []}
    before, start = resident("VmRSS"), processor_time()
    try:
        said["findings"] = sorted(check(data, name, seconds=PATIENCE).findings)
    except Refused as refusal:
        said["answer"] = refusal.code
    said["seconds"] = processor_time() - start
    confined = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    said["memory"] = resident("VmHWM") - before + confined
    if said["answer"] == "accepted":
        try:
            shown = neutralise(recognise(data), data)
        except NeutralisationFailed:
            pass
        else:
            said["text"] = shown.text
            for number, page in enumerate(shown.pages):
                (folder / f"{number:03}.jpg").write_bytes(page)
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))))
