"""Why a file cannot be taken, in words that say what to do."""

from common.uploads.limits import LIMITS, MEGABYTE

ACCEPTED = "un PDF, une photo (JPEG, PNG, WebP, HEIC), un document .docx ou .odt, un message .eml ou un texte .txt"

MESSAGES = {
    "empty": "Ce fichier est vide. Choisissez-en un autre.",
    "too_big": (
        f"Ce fichier est trop lourd. Choisissez un fichier de {LIMITS.file_size // MEGABYTE} Mo au plus, "
        "ou envoyez une photo de chaque page."
    ),
    "too_many_files": f"Vous avez choisi trop de fichiers. Envoyez {LIMITS.files} fichiers au plus à la fois.",
    "sending_too_big": (
        f"Vos fichiers sont trop lourds. Envoyez {LIMITS.sending_size // MEGABYTE} Mo au plus à la fois, "
        "en plusieurs envois s'il le faut."
    ),
    "wrong_kind": f"Ce type de fichier n'est pas accepté. Envoyez {ACCEPTED}.",
    "web_page": (
        "Les pages web et les dessins SVG ne sont pas acceptés. "
        "Imprimez cette page dans un fichier PDF, puis envoyez ce PDF."
    ),
    "archive": "Les dossiers compressés ne sont pas acceptés. Envoyez les documents un par un.",
    "old_office": "Ce format de document est trop ancien. Enregistrez-le en .docx ou en PDF, puis renvoyez-le.",
    "encrypted": "Ce fichier est protégé par un mot de passe : enregistrez-le sans mot de passe, puis renvoyez-le.",
    "damaged": "Ce fichier est incomplet ou abîmé. Enregistrez-le ou photographiez-le à nouveau, puis renvoyez-le.",
    "too_many_pixels": (
        f"Cette image est trop grande. Réduisez-la à {LIMITS.image_pixels // 1_000_000} millions de pixels au plus, "
        "ou prenez une nouvelle photo."
    ),
    "bomb": (
        "Ce fichier devient trop lourd quand on l'ouvre. Enregistrez-le à nouveau, ou envoyez une photo de chaque page."
    ),
    "too_slow": (
        "Ce fichier demande trop de temps à contrôler. Choisissez-le à nouveau, seul. "
        "Si ce message revient, envoyez une photo de chaque page."
    ),
    "unsafe": "Ce fichier est construit d'une façon dangereuse. Enregistrez-le en PDF, puis envoyez ce PDF.",
    "unreadable": (
        "Ce fichier ne peut pas être lu : il est abîmé ou trop complexe. "
        "Enregistrez-le à nouveau en PDF, ou envoyez une photo de chaque page."
    ),
}


class Refused(Exception):  # noqa: N818  # a verdict on the file, no error of ours
    """The file cannot be taken. `code` is for tests and counts, `message` for the person who sent it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = MESSAGES[code]
        super().__init__(code)


class NeutralisationFailed(Exception):  # noqa: N818
    """No safe view could be made. The file was accepted: nothing of it may be shown in place of that view."""
