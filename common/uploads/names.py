"""Names of files as people send them, made safe to store, to show and to give back."""

import re
import unicodedata

from common.uploads.results import Kind

MAX_LENGTH = 100
EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")


def safe_name(name: str, kind: Kind) -> str:
    """A name without folder, invisible or reserved character, whose extension is that of the content.

    Invisible includes the marks that reverse the direction of writing, which make « gpj.exe » read « exe.jpg ».
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(" " if character.isspace() else character for character in name)
    name = "".join(character for character in name if not unicodedata.category(character).startswith("C"))
    stem = re.sub(r'[<>:"|?*]+', "-", EXTENSION.sub("", name))
    stem = " ".join(stem.split())[:MAX_LENGTH].strip(". ")
    return f"{stem or 'document'}.{kind.value}"
