"""Hostile and odd files, each with the answer that it must get."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile

import pikepdf
from PIL import Image

from common.uploads.limits import LIMITS
from common.uploads.results import Finding
from tests.uploads.documents import (
    LETTER,
    archive,
    compressed,
    docx,
    docx_entries,
    message,
    message_with,
    odt,
    pdf,
    phone_photo,
    photo,
    relation,
    saved_again,
    stream,
)

# The harmless text by which antiviruses are tested, in two halves: this file must not be one that they stop.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MZ = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SCRIPT = b"<script>alert(1)</script>"
JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><x><t>&j;</t></x>"
)
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><t>&a;</t></x>'
ZEROS = bytes(1_000_000)


@dataclass(frozen=True)
class Case:
    """`expected` is "accepted", the finding for which the file is held, or the code of its refusal."""

    name: str
    expected: str
    make: Callable[[], bytes]


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, pixels: bytes, *extra: bytes) -> bytes:
    """A grey PNG whose header says what one likes."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


@lru_cache
def zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, compressed, without ever holding them."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(ZEROS) for _ in range(megabytes)) + packer.flush()


def jpeg_that_lies() -> bytes:
    """A small photo whose header announces 65,000 by 65,000 pixels."""
    data = bytearray(photo("JPEG"))
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", 65_000, 65_000)
    return bytes(data)


def webp_that_lies(side: int) -> bytes:
    """A small image whose header announces a square of this side: fourteen bits for each, less one."""
    data = bytearray(photo("WEBP", lossless=True))
    data[21:25] = struct.pack("<I", side - 1 | (side - 1) << 14)
    return bytes(data)


def heic_that_lies() -> bytes:
    data = photo("HEIF")
    return data.replace(
        b"ispe\0\0\0\0" + struct.pack(">II", 400, 300), b"ispe\0\0\0\0" + struct.pack(">II", 20_000, 20_000)
    )


def animation(image_format: str) -> bytes:
    output = BytesIO()
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "green", "blue")]
    frames[0].save(output, image_format, save_all=True, append_images=frames[1:])
    return output.getvalue()


def palette_png() -> bytes:
    output = BytesIO()
    Image.new("P", (60, 60)).save(output, "PNG", transparency=0)
    return output.getvalue()


def docx_bomb(megabytes: int) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", 8) as opened:
        for name, content in docx_entries().items():
            opened.writestr(name, content)
        with opened.open("word/media/image1.bmp", "w") as entry:
            for _ in range(megabytes):
                entry.write(ZEROS)
    return output.getvalue()


def nested_zip() -> bytes:
    inner = archive({f"{number}.txt": ZEROS for number in range(10)})
    return archive({f"{number}.zip": inner for number in range(50)})


def flagged_as_encrypted(data: bytes) -> bytes:
    """Sets the flag of encryption in each entry of an archive, in both places where it stands."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + offset] |= 1
            start = changed.find(mark, start + 4)
    return bytes(changed)


def docx_that_lies() -> bytes:
    """Announces ten bytes for a body that holds more."""
    data = bytearray(docx(LETTER * 50))
    start = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[start + 24 : start + 28] = struct.pack("<I", 10)
    return bytes(data)


def twice_the_same_name() -> bytes:
    return docx(entries={"word/documenu.xml": "<x/>"}).replace(b"word/documenu.xml", b"word/document.xml")


def encrypted_pdf(user: str) -> bytes:
    return saved_again(pdf(), encryption=pikepdf.Encryption(owner="secret", user=user))


def attached_pdf(content: bytes) -> bytes:
    return pdf(
        catalog=b"/Names << /EmbeddedFiles << /Names [(a.exe) 11 0 R] >> >>",
        objects=[stream(content, b"/Type /EmbeddedFile"), b"<< /Type /Filespec /F (a.exe) /EF << /F 10 0 R >> >>"],
    )


def nested_messages(depth: int) -> bytes:
    made = message()
    for _ in range(depth):
        outer = EmailMessage()
        outer["From"] = "moi@example.fr"
        outer["Subject"] = "TR"
        outer.set_content("Voir ci-dessous.")
        outer.add_attachment(made)
        made = outer
    return made.as_bytes()


def raw_message(body: bytes, headers: bytes = b"") -> bytes:
    return b"From: a@example.fr\r\nSubject: Bonjour\r\n" + headers + b"\r\n" + body


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

IMAGES = [
    Case("coupee.jpg", "damaged", lambda: cut(phone_photo())),
    Case("coupee.png", "damaged", lambda: cut(photo("PNG"))),
    Case("coupee.webp", "damaged", lambda: cut(photo("WEBP"))),
    Case("coupee.heic", "damaged", lambda: cut(photo("HEIF"))),
    Case("tete.jpg", "damaged", lambda: b"\xff\xd8\xff\xe0"),
    Case("tete.png", "damaged", lambda: b"\x89PNG\r\n\x1a\n"),
    Case("immense.png", "too_many_pixels", lambda: png(50_000, 50_000, zlib.compress(b""))),
    Case("bombe.png", "too_many_pixels", lambda: png(6_400, 6_400, zeros(41))),
    Case("quarante-millions.png", "accepted", lambda: png(8_000, 5_000, zeros(41))),
    Case("ment.jpg", "too_many_pixels", jpeg_that_lies),
    Case("ment.webp", "too_many_pixels", lambda: webp_that_lies(7_000)),
    Case("ment-plus.webp", "damaged", lambda: webp_that_lies(16_383)),
    Case("ment.heic", "too_many_pixels", heic_that_lies),
    Case("promet-plus.png", "damaged", lambda: png(5_000, 5_000, zlib.compress(b"\0" * 100))),
    Case("tient-plus.png", "accepted", lambda: png(10, 10, zeros(50))),
    Case(
        "texte-bombe.png",
        "damaged",
        lambda: png(1, 1, zlib.compress(b"\0\0"), png_chunk(b"zTXt", b"a\0\0" + zeros(50))),
    ),
    Case(
        "profil-bombe.png",
        "damaged",
        lambda: png(1, 1, zlib.compress(b"\0\0"), png_chunk(b"iCCP", b"a\0\0" + zeros(50))),
    ),
    Case("ligne.png", "accepted", lambda: png(1_000_000, 1, zeros(2))),
    Case("zero.png", "damaged", lambda: png(0, 0, b"")),
    Case("queue.jpg", "accepted", lambda: photo("JPEG") + archive({"a.exe": MZ})),
    Case("queue.png", "accepted", lambda: photo("PNG") + b"<html>" + SCRIPT),
    Case("commentaire.jpg", "accepted", lambda: photo("JPEG", comment=b"*/=1;" + SCRIPT)),
    Case("exif-abime.jpg", "accepted", lambda: photo("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 60)),
    Case("anime.webp", "accepted", lambda: animation("WEBP")),
    Case("anime.png", "accepted", lambda: animation("PNG")),
    Case("palette.png", "accepted", palette_png),
    Case("autre-extension.pdf", "accepted", lambda: photo("PNG")),
]

PDFS = [
    Case("coupe.pdf", "damaged", lambda: cut(pdf(pages=5))),
    Case("tete.pdf", "damaged", lambda: b"%PDF-1.7\n"),
    Case("hasard.pdf", "damaged", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF"),
    Case("mot-de-passe.pdf", "encrypted", lambda: encrypted_pdf("secret")),
    Case("protege-contre-la-copie.pdf", "accepted", lambda: encrypted_pdf("")),
    Case("script.pdf", Finding.SCRIPT, lambda: pdf(catalog=b"/OpenAction " + JAVASCRIPT)),
    Case("script-cache.pdf", Finding.SCRIPT, lambda: pdf(page=b"/Annots [<< /A << /S /J#61vaScript >> >>]")),
    Case(
        "script-en-flux.pdf",
        Finding.SCRIPT,
        lambda: saved_again(
            pdf(catalog=b"/OpenAction 10 0 R", objects=[JAVASCRIPT]),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        ),
    ),
    Case("lance.pdf", Finding.PROGRAM_START, lambda: pdf(catalog=b"/OpenAction << /S /Launch /F (calc.exe) >>")),
    Case("a-l-ouverture.pdf", Finding.AUTOMATIC_ACTION, lambda: pdf(page=b"/AA << /O << /S /Named /N /Print >> >>")),
    Case("joint.pdf", Finding.ATTACHMENT, lambda: attached_pdf(MZ)),
    Case("eicar.pdf", Finding.ATTACHMENT, lambda: attached_pdf(EICAR)),
    Case(
        "xfa.pdf", Finding.DYNAMIC_FORM, lambda: pdf(catalog=b"/AcroForm << /XFA 10 0 R >>", objects=[stream(b"<x/>")])
    ),
    Case(
        "ailleurs.pdf",
        Finding.EXTERNAL_RESOURCE,
        lambda: pdf(catalog=b"/OpenAction << /S /GoToR /F (\\\\\\\\h\\\\s) >>"),
    ),
    Case("lien.pdf", "accepted", lambda: pdf(page=b"/Annots [<< /A << /S /URI /URI (https://x.fr) >> >>]")),
    Case("ouvre-page-1.pdf", "accepted", lambda: pdf(catalog=b"/OpenAction [10 0 R /Fit]")),
    Case("cinq-mille.pdf", "accepted", lambda: pdf(pages=5_000)),
    Case("sans-page.pdf", "damaged", lambda: pdf(pages=0)),
    Case("boucle.pdf", "damaged", lambda: pdf(root=b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] /Count 1 >>")),
    Case(
        "pages-en-boucle.pdf",
        Finding.DAMAGED_STRUCTURE,
        lambda: pdf(pages=2).replace(b"/Kids [10 0 R 11 0 R]", b"/Kids [10 0 R  2 0 R]"),
    ),
    Case("table-en-boucle.pdf", "accepted", lambda: pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9")),
    Case("table-fausse.pdf", "accepted", lambda: pdf().replace(b"startxref\n", b"startxref\n9")),
    Case("profond.pdf", "accepted", lambda: pdf(objects=[b"[" * 100_000 + b"]" * 100_000])),
    Case("bombe.pdf", "bomb", lambda: pdf(objects=[stream(zeros(300), b"/Filter /FlateDecode")])),
    Case(
        "bombe-double.pdf",
        "bomb",
        lambda: pdf(objects=[compressed(zeros(300), b"/Filter [/FlateDecode /FlateDecode]")]),
    ),
    Case("page-immense.pdf", "accepted", lambda: pdf(box=b"0 0 9999999 9999999")),
    Case("page-nulle.pdf", "accepted", lambda: pdf(box=b"0 0 0 0")),
    Case(
        "formes-en-boucle.pdf",
        "accepted",
        lambda: pdf(
            page=b"/Resources << /XObject << /X 10 0 R >> >>",
            content=b"/X Do",
            objects=[
                stream(
                    b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
                )
            ],
        ),
    ),
    Case("pdf-et-zip.pdf", Finding.HIDDEN_DATA, lambda: pdf() + archive({"a.exe": MZ * 20}, ZIP_STORED)),
    Case("web-et-pdf.pdf", "web_page", lambda: b"<html>" + SCRIPT + b"-->\n" + pdf()),
    Case("zip-et-pdf.pdf", "archive", lambda: archive({"a.exe": MZ}) + pdf()),
    Case("blancs-avant.pdf", "accepted", lambda: b"\xef\xbb\xbf\r\n" + pdf()),
]

OFFICE = [
    Case("coupe.docx", "damaged", lambda: cut(docx())),
    Case("coupe.odt", "damaged", lambda: cut(odt())),
    Case("mot-de-passe.docx", "encrypted", lambda: CFB + "EncryptedPackage".encode("utf-16-le")),
    Case("zip-chiffre.docx", "encrypted", lambda: flagged_as_encrypted(docx())),
    Case("mot-de-passe.odt", "encrypted", lambda: odt(entries={"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
    Case("macros.docm", Finding.MACRO, lambda: docx(entries={"word/vbaProject.bin": CFB})),
    Case("macros.odt", Finding.MACRO, lambda: odt(entries={"Basic/Standard/Module1.xml": "<x/>"})),
    Case(
        "modele.docx",
        Finding.EXTERNAL_RESOURCE,
        lambda: docx(relation=relation("attachedTemplate", "https://x.fr/a.dotm")),
    ),
    Case(
        "image-distante.docx", Finding.EXTERNAL_RESOURCE, lambda: docx(relation=relation("image", "https://x.fr/a.png"))
    ),
    Case("image-distante.odt", Finding.EXTERNAL_RESOURCE, lambda: odt('<draw:image xlink:href="https://x.fr/a.png"/>')),
    Case("lien.docx", "accepted", lambda: docx(relation=relation("hyperlink", "https://x.fr/"))),
    Case("lien.odt", "accepted", lambda: odt('<text:p><text:a xlink:href="https://x.fr/">ici</text:a></text:p>')),
    Case("ole.docx", Finding.EMBEDDED_OBJECT, lambda: docx(entries={"word/embeddings/oleObject1.bin": CFB})),
    Case("activex.docx", Finding.EMBEDDED_OBJECT, lambda: docx(entries={"word/activeX/activeX1.bin": CFB})),
    Case("morceau.docx", Finding.EMBEDDED_OBJECT, lambda: docx(relation=relation("aFChunk", "a.html", "Internal"))),
    Case("objet.odt", Finding.EMBEDDED_OBJECT, lambda: odt('<draw:object xlink:href="./Objet 1"/>')),
    Case("script.odt", Finding.SCRIPT, lambda: odt('<text:event-listener xlink:href="vnd.sun.star.script:x"/>')),
    Case("entites.docx", "unsafe", lambda: docx(entries={"word/document.xml": BILLION_LAUGHS})),
    Case("entites.odt", "unsafe", lambda: odt(entries={"content.xml": BILLION_LAUGHS})),
    Case("entite-de-fichier.docx", "unsafe", lambda: docx(entries={"word/document.xml": OUTSIDE_ENTITY})),
    Case("entites-relations.docx", "unsafe", lambda: docx(entries={"word/_rels/document.xml.rels": BILLION_LAUGHS})),
    Case(
        "dtd-sans-entite.odt",
        "accepted",
        lambda: odt(entries={"META-INF/manifest.xml": '<!DOCTYPE manifest PUBLIC "x" "Manifest.dtd"><manifest/>'}),
    ),
    Case("remonte.docx", "unsafe", lambda: docx(entries={"../../etc/cron.d/x": "x"})),
    Case("absolu.docx", "unsafe", lambda: docx(entries={"/etc/passwd": "x"})),
    Case("windows.docx", "unsafe", lambda: docx(entries={"..\\..\\x.exe": MZ})),
    Case("lecteur.odt", "unsafe", lambda: odt(entries={"C:/x.exe": MZ})),
    Case("deux-fois.docx", "unsafe", twice_the_same_name),
    Case("lzma.docx", "unsafe", lambda: archive(docx_entries(), ZIP_LZMA)),
    Case("entrees.docx", "bomb", lambda: docx(entries={f"word/{number}": "" for number in range(3_000)})),
    Case("bombe.docx", "bomb", lambda: docx_bomb(150)),
    Case("taux.docx", "bomb", lambda: docx_bomb(20)),
    Case("ment.docx", "unreadable", docx_that_lies),
    Case(
        "sans-corps.docx", "unreadable", lambda: archive({"[Content_Types].xml": docx_entries()["[Content_Types].xml"]})
    ),
    Case("sans-corps.odt", "damaged", lambda: odt(entries={"content.xml": "<x"})),
    Case("faux-xml.docx", "damaged", lambda: docx(entries={"word/document.xml": "<w:p>coupé"})),
    Case(
        "profond.docx",
        "accepted",
        lambda: docx(entries={"word/document.xml": "<a>" * 50_000 + "</a>" * 50_000, "b": ZEROS[:1]}),
    ),
    Case("eicar.docx", "accepted", lambda: docx(entries={"word/media/eicar.com": EICAR})),
    Case("precede.docx", "wrong_kind", lambda: bytes(10) + docx()),
    Case("suivi.docx", "accepted", lambda: docx() + b"\0" * 100),
    Case("image-piegee.docx", "accepted", lambda: docx(entries={"word/media/i.png": png(50_000, 50_000, b"")})),
]

MESSAGES_AND_TEXTS = [
    Case("joint.eml", Finding.ATTACHMENT, lambda: message_with(MZ, "facture.pdf.exe")),
    Case("eicar.eml", Finding.ATTACHMENT, lambda: message_with(EICAR, "eicar.com")),
    Case("transferts.eml", "accepted", lambda: nested_messages(3)),
    Case("trop-de-transferts.eml", "unreadable", lambda: nested_messages(40)),
    Case("abime-de-parties.eml", "unreadable", lambda: raw_message(b"", b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1_200)))),
    Case("page.eml", "accepted", lambda: message("", html="<p>Bonjour</p>" + SCRIPT.decode()).as_bytes()),
    Case("klingon.eml", "accepted", lambda: raw_message(b"\xe9", b"Content-Type: text/plain; charset=klingon\r\n")),
    Case("japonais.eml", "accepted", lambda: raw_message(b"a", b"To: =?iso-2022-jp?B?GyRCJCIbKEI=?= <a@b.fr>\r\n")),
    Case("coupe.eml", "accepted", lambda: raw_message(b"--x\r\n\r\na", b"Content-Type: multipart/x; boundary=x\r\n")),
    Case("base64-coupe.eml", Finding.ATTACHMENT, lambda: cut(message_with(MZ * 20, "a.bin"))),
    Case("nul.eml", "accepted", lambda: raw_message(b"a\0b\x1b[31m")),
    Case("en-tetes.eml", "accepted", lambda: raw_message(b"a", b"X-A: b\r\n" * 20_000)),
    Case("en-tete-immense.eml", "accepted", lambda: raw_message(b"a", b"X-A: " + b"b" * 1_000_000 + b"\r\n")),
    Case("parentheses.eml", "accepted", lambda: raw_message(b"a", b"X-A: " + b"(" * 100_000 + b"\r\n")),
    Case("utf16.txt", "accepted", lambda: LETTER.encode("utf-16")),
    Case("utf16-be.txt", "accepted", lambda: b"\xfe\xff" + LETTER.encode("utf-16-be")),
    Case("utf16-coupe.txt", "wrong_kind", lambda: LETTER.encode("utf-16")[:-1]),
    Case("surrogat.txt", "wrong_kind", lambda: b"\xff\xfe\x00\xd8a\x00"),
    Case("marque.txt", "accepted", lambda: b"\xef\xbb\xbf" + LETTER.encode()),
    Case("windows.txt", "accepted", lambda: LETTER.encode("cp1252")),
    Case("utf8-abime.txt", "accepted", lambda: LETTER.encode() + b"\xff\xe9"),
    Case("nul-au-milieu.txt", "wrong_kind", lambda: b"Bonjour\0Monsieur"),
    Case("terminal.txt", "wrong_kind", lambda: b"\x1b]0;titre\x07"),
    Case("sens-inverse.txt", "accepted", "Payez \u202e0001\u202c €".encode),
    Case("eicar.com", "accepted", lambda: EICAR),
    Case("lignes-vides.txt", "accepted", lambda: b"\n" * 100_000),
    Case("une-ligne.txt", "accepted", lambda: b"a" * LIMITS.file_size),
    Case("accents-empiles.txt", "accepted", ("e" + "\u0301" * 5_000).encode),
]  # fmt: skip

CASES = [*NOT_DOCUMENTS, *IMAGES, *PDFS, *OFFICE, *MESSAGES_AND_TEXTS]
