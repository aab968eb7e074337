"""The confined process: one file on its standard input, one answer on its standard output.

It loads the parser of this kind of file and no other, gives up its rights, says that it is ready, and only then reads.
Run by `sandbox`, as `python -m common.uploads.worker ACTION SUBJECT EMPTY_DIRECTORY`.
"""

import codecs
import json
import os
import sys
from importlib import import_module
from typing import Any

from common.uploads.confinement import READY, confine
from common.uploads.limits import LIMITS
from common.uploads.refusals import Refused
from common.uploads.results import Kind

READERS = {
    Kind.PDF: "pdf",
    Kind.JPEG: "image",
    Kind.PNG: "image",
    Kind.WEBP: "image",
    Kind.HEIC: "image",
    Kind.DOCX: "docx",
    Kind.ODT: "odt",
    Kind.EML: "eml",
    Kind.TXT: "txt",
}
# Python looks for an encoding at its first use, when the process can open no file any more.
ENCODINGS = ["cp437", "cp1252", "iso-8859-15", "utf-8-sig", "utf-16", "utf-16-le"]
TASKS = {Kind.HEIC: 512}  # its decoder works in threads


def read_characters(program: str, directory: str) -> None:
    """Become the program of character recognition, still confined: it opens its own libraries and dictionaries."""
    confine(directory, seconds=LIMITS.ocr_time, open_files=64)
    os.write(sys.stdout.fileno(), READY)
    os.execve(program, [program, "stdin", "stdout", "-l", "fra"], {"OMP_THREAD_LIMIT": "1"})  # noqa: S606


def answer(action: str, kind: Kind, directory: str) -> None:
    """Write one line of JSON, then for `neutralise` the pages one after the other.

    An exception that is not a refusal ends the process: the other side counts that as a failure.
    """
    reader = import_module(f"common.uploads.readers.{READERS[kind]}")
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    sys.meta_path.clear()  # what a library would load later is missing, rather than forbidden
    confine(
        directory,
        seconds=LIMITS.check_time if action == "inspect" else LIMITS.neutralise_time,
        memory=LIMITS.check_memory if action == "inspect" else LIMITS.memory,
        tasks=TASKS.get(kind, 0),
    )
    os.write(sys.stdout.fileno(), READY)
    data = sys.stdin.buffer.read()
    said: dict[str, Any] = {}
    pages: list[bytes] = []
    try:
        if action == "inspect":
            said["findings"] = sorted(reader.inspect(data))
        else:
            shown = reader.neutralise(data)
            pages = shown.pages
            said = {"text": shown.text, "truncated": shown.truncated, "sizes": [len(page) for page in pages]}
    except Refused as refusal:
        said = {"refused": refusal.code}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(pages))


if __name__ == "__main__":
    _, action, subject, directory = sys.argv
    if action == "ocr":
        read_characters(subject, directory)
    else:
        answer(action, Kind(subject), directory)
