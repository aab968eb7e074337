"""Ordinary documents, made in code: what people send, and the bricks of what they should not."""

import zlib
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

pillow_heif.register_heif_opener()

LETTER = "Madame, Monsieur, vous êtes redevable d'un trop-perçu de 312,50 €."
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def photo(image_format: str, *, size: tuple[int, int] = (400, 300), **options) -> bytes:
    """A grey sheet whose top left corner, as it is stored, is red."""
    image = Image.new("RGB", size, "gray")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    output = BytesIO()
    image.save(output, image_format, **options)
    return output.getvalue()


def phone_photo() -> bytes:
    """As a phone held upright stores it: lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "Telephone SECRET"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return photo("JPEG", exif=exif.tobytes(), comment=b"commentaire SECRET")


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def compressed(content: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    return stream(zlib.compress(content, 9), entries)


def pdf(
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    pages: int = 1,
    box: bytes = b"0 0 595 842",
    content: bytes | None = None,
    objects: Sequence[bytes] = (),
    root: bytes = b"",
) -> bytes:
    """A letter in PDF. `objects` are numbered from 10 on; `catalog` and `page` add entries to what they name."""
    if content is None:
        content = b"BT /F1 14 Tf 60 760 Td (" + LETTER.encode("cp1252") + b") Tj ET"
    first_page = 10 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first_page + number) for number in range(pages))
    bodies = {
        1: root or b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids),
        3: content if content.startswith(b"<<") else stream(content),
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    bodies.update(enumerate(objects, start=10))
    leaf = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> %s >>"
        % (box, page)
    )
    bodies.update({first_page + number: leaf for number in range(pages)})

    output = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = {}
    for number, body in sorted(bodies.items()):
        offsets[number] = len(output)
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(output)
    size = max(bodies) + 1
    output += b"xref\n0 %d\n" % size
    for number in range(size):
        output += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    output += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(output)


def saved_again(document: bytes, **options) -> bytes:
    """The same PDF as another program writes it: encrypted, or with its objects packed in streams."""
    output = BytesIO()
    with pikepdf.open(BytesIO(document)) as opened:
        opened.save(output, **options)
    return output.getvalue()


def archive(entries: dict[str, bytes | str], compression: int = ZIP_DEFLATED) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", compression) as opened:
        for name, content in entries.items():
            opened.writestr(name, content)
    return output.getvalue()


def docx_entries(
    text: str = LETTER, *, entries: dict[str, bytes | str] | None = None, relation: str = ""
) -> dict[str, bytes | str]:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    return {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{CONTENT_TYPE}"/></Types>',
        "word/document.xml": f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="r">{relation}</Relationships>',
        **(entries or {}),
    }


def docx(text: str = LETTER, **options) -> bytes:
    return archive(docx_entries(text, **options))


def relation(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="r1" Type="{RELATION}{kind}" Target="{target}" TargetMode="{mode}"/>'


def odt(body: str = "", *, entries: dict[str, bytes | str] | None = None) -> bytes:
    body = body or f"<text:p>{LETTER}</text:p>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<o:document xmlns:o="o" xmlns:text="t" xmlns:xlink="x" xmlns:draw="d">{body}</o:document>',
            "META-INF/manifest.xml": "<manifest/>",
            **(entries or {}),
        },
        compression=0,
    )


def message(text: str = LETTER, *, html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "La Caisse <caisse@example.fr>"
    made["To"] = "moi@example.fr"
    made["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    made["Subject"] = "Trop-perçu à rembourser"
    if text:
        made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def message_with(content: bytes, name: str) -> bytes:
    made = message()
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


ORDINARY = {
    "lettre.pdf": pdf,
    "photo.jpg": phone_photo,
    "scan.png": lambda: photo("PNG"),
    "photo.webp": lambda: photo("WEBP"),
    "IMG_0001.heic": lambda: photo("HEIF"),
    "lettre.docx": docx,
    "lettre.odt": odt,
    "message.eml": lambda: message().as_bytes(),
    "lettre.txt": LETTER.encode,
}
