"""PDF that act, swell, hide or break."""

import struct
from zipfile import ZIP_STORED

import pikepdf

from common.uploads.results import Finding
from tests.uploads.documents import archive, compressed, pdf, saved_again, stream
from tests.uploads.hostile.case import EICAR, MZ, SCRIPT, Case, cut, zeros

JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def encrypted_for_a_certificate() -> bytes:
    return pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Adobe.PubSec /V 1 >> /ID [<00> <00>]")


def pictured(coding: bytes, content: bytes) -> bytes:
    """A page that draws one image of 60,000 by 60,000 points, coded so."""
    entries = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    return pdf(
        page=b"/Resources << /XObject << /X 10 0 R >> >>",
        content=b"q 500 0 0 500 0 0 cm /X Do Q",
        objects=[stream(content, entries + b" /Filter " + coding)],
    )


def drawn(entries: bytes) -> bytes:
    """A page that draws a stream with these entries."""
    return pdf(page=b"/Resources << /XObject << /X 10 0 R >> >>", objects=[stream(b"", entries)])


def jpeg_2000(side: int) -> bytes:
    """The beginning of a JPEG 2000 image of this side."""
    size = struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, side, side, 0, 0, 3) + b"\x07\1\1" * 3
    return b"\xff\x4f\xff\x51" + struct.pack(">H", len(size) + 2) + size + b"\xff\x64\0\4\0\0" + bytes(50)


def packed_objects(content: bytes) -> bytes:
    """A PDF whose objects are in one compressed stream, which holds this."""
    head = b"%PDF-1.7\n"
    packed = b"5 0 obj\n" + stream(content, b"/Type /ObjStm /N 3 /First 20 /Filter /FlateDecode") + b"\nendobj\n"
    place = len(head) + len(packed)
    rows = [(0, 0, 65_535), (2, 5, 0), (2, 5, 1), (2, 5, 2), (1, place, 0), (1, len(head), 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    index = b"4 0 obj\n" + stream(table, b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R") + b"\nendobj\n"
    return head + packed + index + b"startxref\n%d\n%%%%EOF\n" % place


def encrypted_pdf(user: str) -> bytes:
    return saved_again(pdf(), encryption=pikepdf.Encryption(owner="secret", user=user))


def attached_pdf(content: bytes) -> bytes:
    return pdf(
        catalog=b"/Names << /EmbeddedFiles << /Names [(a.exe) 11 0 R] >> >>",
        objects=[stream(content, b"/Type /EmbeddedFile"), b"<< /Type /Filespec /F (a.exe) /EF << /F 10 0 R >> >>"],
    )


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
    Case("flux-d-objets.pdf", "unreadable", lambda: packed_objects(zeros(900)), shown=False),
    Case("vingt-mille-objets.pdf", "accepted", lambda: pdf(objects=[b"<< /A 1 >>"] * 20_000)),
    Case("certificat.pdf", "encrypted", encrypted_for_a_certificate),
    Case("films.pdf", Finding.EMBEDDED_OBJECT, lambda: pdf(page=b"/Annots [<< /Subtype /Movie /Movie << >> >>]")),
    Case("rendu.pdf", Finding.EMBEDDED_OBJECT, lambda: pdf(page=b"/AA << /O << /S /Rendition /OP 0 >> >>")),
    Case("porte-documents.pdf", Finding.ATTACHMENT, lambda: pdf(catalog=b"/Collection << /T /EmbeddedFiles >>")),
    Case(
        "site-a-l-ouverture.pdf",
        Finding.AUTOMATIC_ACTION,
        lambda: pdf(catalog=b"/OpenAction << /S /URI /URI (http://x.fr) >>"),
    ),
    Case("code-en-hexa.pdf", Finding.SCRIPT, lambda: pdf(page=b"/A << /S /JavaScript /JS <6170702e616c657274> >>")),
    Case("jbig2.pdf", "accepted", lambda: pictured(b"/JBIG2Decode", b"\0\0\0\0\x30\0\1\0\0\0\x13" + b"\xff" * 60)),
    Case("jpx.pdf", "accepted", lambda: pictured(b"/JPXDecode", jpeg_2000(60_000))),
    Case("image-immense.pdf", "accepted", lambda: pictured(b"/FlateDecode", zeros(50))),
    Case("filtres.pdf", "accepted", lambda: pictured(b"[" + b"/ASCIIHexDecode " * 200 + b"]", b"41" * 5_000)),
    Case("police.pdf", "accepted", lambda: pdf(objects=[stream(b"\0\1\0\0" + b"\xff" * 2_000, b"/Length1 2004")])),
    Case(
        "texte-immense.pdf",
        "accepted",
        lambda: pdf(content=b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 100_000 + b"ET"),
        shown=False,
    ),
    Case("revisions.pdf", "accepted", lambda: pdf() + pdf()[9:]),
    Case(
        "joint-sans-type.pdf",
        Finding.ATTACHMENT,
        lambda: pdf(catalog=b"/AF [11 0 R]", objects=[stream(MZ), b"<< /F (a.exe) /EF << /F 10 0 R >> >>"]),
    ),
    Case(
        "page-d-ailleurs.pdf",
        Finding.EXTERNAL_RESOURCE,
        lambda: drawn(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F (https://x.fr/a.pdf) /Page 0 >>"),
    ),
    Case("flux-d-ailleurs.pdf", Finding.EXTERNAL_RESOURCE, lambda: drawn(b"/F (\\\\\\\\x.fr\\\\a)")),
    Case("adresse-d-ailleurs.pdf", Finding.EXTERNAL_RESOURCE, lambda: drawn(b"/F << /FS /URL /F (https://x.fr/a) >>")),
    Case("renvois-de-structure.pdf", "accepted", lambda: pdf(objects=[b"<< /S /Note /Ref [2 0 R] >>"])),
]
