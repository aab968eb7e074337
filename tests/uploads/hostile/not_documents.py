"""Files that are no document at all, whatever their name says."""

from common.uploads.limits import LIMITS
from tests.uploads.documents import LETTER, archive, docx, photo
from tests.uploads.hostile.case import BILLION_LAUGHS, CFB, EICAR, MZ, SCRIPT, ZEROS, Case

ODF = "application/vnd.oasis.opendocument"


def spreadsheet(kind: str) -> bytes:
    """A workbook, which is built as a .docx is."""
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.x.{kind}"/></Types>'
    return archive({"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": CFB})


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
    Case("vrai-tableau.xlsx", "wrong_kind", lambda: spreadsheet("spreadsheetml.sheet.main+xml")),
    Case("tableau-a-macros.xlsm", "wrong_kind", lambda: spreadsheet("vnd.ms-excel.sheet.macroEnabled.main+xml")),
    Case("tableau.ods", "wrong_kind", lambda: archive({"mimetype": f"{ODF}.spreadsheet", "content.xml": "<x/>"}, 0)),
    Case("livre.epub", "wrong_kind", lambda: archive({"mimetype": "application/epub+zip", "a.xhtml": "<html/>"}, 0)),
    Case("programme.jar", "archive", lambda: archive({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": MZ})),
    Case("photo.avif", "wrong_kind", lambda: b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(50)),
    Case("film.heic", "wrong_kind", lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(50)),
    Case("raccourci.lnk", "wrong_kind", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(60) + b"cmd.exe /c calc"),
    Case("notes.one", "wrong_kind", lambda: b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d" + bytes(100) + MZ),
    Case("disque.iso", "wrong_kind", lambda: bytes(32_769) + b"CD001" + bytes(100)),
    Case("dessin-commente.svg", "web_page", lambda: b"<!-- dessin -->\n<svg onload='alert(1)'/>"),
    Case("page-utf16-sans-marque.txt", "wrong_kind", lambda: "<html><script>".encode("utf-16-le")),
    Case("page-utf32.txt", "wrong_kind", lambda: "<html><script>".encode("utf-32")),
    Case("commande.hta", "web_page", lambda: b"<HTA:APPLICATION/>\r\n" + SCRIPT),
    Case("commande.bat", "accepted", lambda: b"@echo off\r\ndel /q C:\\*\r\n"),
]
