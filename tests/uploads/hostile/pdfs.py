"""PDF that act, swell, hide or break."""

from zipfile import ZIP_STORED

import pikepdf

from common.uploads.results import Finding
from tests.uploads.documents import archive, compressed, pdf, saved_again, stream
from tests.uploads.hostile.case import EICAR, MZ, SCRIPT, Case, cut, zeros

JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


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
]
