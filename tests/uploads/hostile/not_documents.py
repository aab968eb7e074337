"""Files that are no document at all, whatever their name says."""

from common.uploads.limits import LIMITS
from tests.uploads.documents import LETTER, archive, docx, photo
from tests.uploads.hostile.case import BILLION_LAUGHS, CFB, EICAR, MZ, SCRIPT, ZEROS, Case


def nested_zip() -> bytes:
    inner = archive({f"{number}.txt": ZEROS for number in range(10)})
    return archive({f"{number}.zip": inner for number in range(50)})


NOT_DOCUMENTS = [
    Case("rien.pdf", "empty", lambda: b""),
    Case("un-octet.txt", "accepted", lambda: b"a"),
    Case("trop-lourd.txt", "too_big", lambda: b"a" * (LIMITS.file_size + 1)),
    Case("nul.txt", "wrong_kind", lambda: bytes(100)),
    Case("hasard.pdf", "wrong_kind", lambda: bytes(number * 7919 % 251 for number in range(5000))),
    Case("programme.pdf", "wrong_kind", lambda: MZ),
    Case("programme.jpg", "wrong_kind", lambda: b"\x7fELF\x02\x01\x01" + bytes(200)),
    Case("commande.txt", "wrong_kind", lambda: b"#!/bin/sh\nrm -rf /\n"),
    Case("postscript.txt", "wrong_kind", lambda: b"%!PS-Adobe-3.0\nshowpage\n"),
    Case("page.pdf", "web_page", lambda: b"<!DOCTYPE html><html><body>" + SCRIPT),
    Case("page-blanche.txt", "web_page", lambda: b"\xef\xbb\xbf\r\n   \t<HtMl><body>"),
    Case("page-utf16.txt", "web_page", lambda: "<html><script>".encode("utf-16")),
    Case("script-puis-texte.txt", "web_page", lambda: b"Bonjour " + SCRIPT),
    Case("dessin.png", "web_page", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Case("donnees.xml", "web_page", BILLION_LAUGHS.encode),
    Case("photo.php.jpg", "web_page", lambda: b"<?php system($_GET['c']); ?>"),
    Case("image.gif", "wrong_kind", lambda: b"GIF89a" + bytes(50)),
    Case("gifar.gif", "wrong_kind", lambda: b"GIF89a" + bytes(50) + archive({"A.class": MZ})),
    Case("image.bmp", "wrong_kind", lambda: photo("BMP")),
    Case("scan.tiff", "wrong_kind", lambda: photo("TIFF")),
    Case("archive.zip", "archive", lambda: archive({"lettre.txt": LETTER})),
    Case("archive-vide.zip", "archive", lambda: archive({})),
    Case("eicar.zip", "archive", lambda: archive({"eicar.com": EICAR})),
    Case("zip-de-zip.zip", "archive", nested_zip),
    Case("zip-quine.docx", "archive", lambda: archive({"r/r.zip": archive({"r/r.zip": b"PK\x03\x04"})})),
    Case("archive.7z", "archive", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50)),
    Case("archive.rar", "archive", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50)),
    Case("archive.gz", "archive", lambda: b"\x1f\x8b\x08" + bytes(50)),
    Case("archive.tar", "archive", lambda: b"lettre.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(250)),
    Case("ancien.doc", "old_office", lambda: CFB),
    Case("ancien.rtf", "old_office", lambda: b"{\\rtf1\\ansi{\\object\\objocx}}"),
    Case("tableau.xlsx", "wrong_kind", lambda: docx(entries={"[Content_Types].xml": "<Types/>"})),
]
