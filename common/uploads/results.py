"""What is known of a file once it is checked, and what is shown of it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a file is by its content. The value is the extension of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    DOCX = "docx"
    ODT = "odt"
    EML = "eml"
    TXT = "txt"


class Finding(StrEnum):
    """What the original may do when a program opens it. The neutralised view does none of it."""

    MACRO = "macro"
    SCRIPT = "script"
    AUTOMATIC_ACTION = "automatic_action"
    PROGRAM_START = "program_start"
    DYNAMIC_FORM = "dynamic_form"
    EMBEDDED_OBJECT = "embedded_object"
    EXTERNAL_RESOURCE = "external_resource"
    ATTACHMENT = "attachment"
    HIDDEN_DATA = "hidden_data"
    DAMAGED_STRUCTURE = "damaged_structure"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Finding.MACRO: "contient des macros",
    Finding.SCRIPT: "contient un script",
    Finding.AUTOMATIC_ACTION: "agit seul à l'ouverture",
    Finding.PROGRAM_START: "peut lancer un programme",
    Finding.DYNAMIC_FORM: "contient un formulaire dynamique (XFA)",
    Finding.EMBEDDED_OBJECT: "contient un objet incorporé",
    Finding.EXTERNAL_RESOURCE: "va chercher des données sur un autre site",
    Finding.ATTACHMENT: "contient des pièces jointes",
    Finding.HIDDEN_DATA: "contient des données ajoutées après la fin",
    Finding.DAMAGED_STRUCTURE: "structure abîmée, qui n'a pas pu être contrôlée en entier",
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be taken. `name` is safe to store and to give back; `sha256` is that of the bytes received."""

    name: str
    kind: Kind
    size: int
    sha256: str
    findings: frozenset[Finding]

    @property
    def held(self) -> bool:
        """Whether the original is active: it is kept, and only its neutralised view should be opened."""
        return bool(self.findings)


@dataclass(frozen=True)
class Neutralised:
    """What agents see. Each page is a JPEG image without metadata; `truncated` says that the original holds more."""

    pages: list[bytes]
    text: str
    truncated: bool
