"""What agents see of a document, and what they do not."""

import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from common.uploads import neutralise as neutralise_module
from common.uploads import ocr, sandbox
from common.uploads.limits import LIMITS
from common.uploads.neutralise import neutralise
from common.uploads.refusals import NeutralisationFailed
from common.uploads.results import Kind
from tests.uploads.documents import (
    GPS,
    LETTER,
    ORDINARY,
    docx,
    message,
    message_with,
    odt,
    pdf,
    phone_photo,
    photo,
    stream,
)
from tests.uploads.hostile.images import animation, png

IMAGES = {Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIC}


def page(shown, number: int = 0) -> Image.Image:
    return Image.open(BytesIO(shown.pages[number]))


def is_red(colour: tuple[int, int, int]) -> bool:
    red, green, blue = colour
    return red > 200 and green < 80 and blue < 80


@pytest.mark.parametrize("name", [name for name in ORDINARY if Kind(name.rpartition(".")[2]) not in IMAGES])
def test_words_of_the_letter_are_shown_and_read(name):
    shown = neutralise(Kind(name.rpartition(".")[2]), ORDINARY[name]())

    assert LETTER in shown.text
    assert not shown.truncated
    assert page(shown).convert("L").getextrema() == (0, 255)


def test_photo_comes_upright_and_forgets_where_it_was_taken():
    original = phone_photo()
    assert Image.open(BytesIO(original)).getexif().get_ifd(GPS)

    shown = neutralise(Kind.JPEG, original)

    assert page(shown).size == (300, 400)
    assert is_red(page(shown).getpixel((290, 10)))
    assert not page(shown).getexif()
    assert b"SECRET" not in shown.pages[0]


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "HEIF"])
def test_other_photos_forget_too(image_format):
    exif = Image.Exif()
    exif[0x010F] = "SECRET"
    kind = {"PNG": Kind.PNG, "WEBP": Kind.WEBP, "HEIF": Kind.HEIC}[image_format]

    shown = neutralise(kind, photo(image_format, exif=exif.tobytes()))

    assert not page(shown).getexif()
    assert is_red(page(shown).getpixel((10, 10)))


def test_large_photo_is_reduced():
    assert page(neutralise(Kind.JPEG, photo("JPEG", size=(5_000, 4_000)))).size == (2_400, 1_920)


def test_animation_is_shown_by_its_first_image_and_says_so():
    assert neutralise(Kind.WEBP, animation("WEBP")).truncated


def test_what_is_transparent_is_seen_on_white():
    output = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(output, "PNG")

    assert page(neutralise(Kind.PNG, output.getvalue())).getpixel((5, 5)) == (255, 255, 255)


def test_scan_in_sixteen_bits_of_grey_is_not_a_blank_page():
    pixels = zlib.compress(b"".join(b"\0" + b"\x20\0" * 5 + b"\xc0\0" * 5 for _ in range(10)))

    shown = page(neutralise(Kind.PNG, png(10, 10, pixels, depth=16, colour=0))).convert("L")

    assert [round(shown.getpixel(place), -1) for place in ((1, 5), (8, 5))] == [30, 190]


def test_long_pdf_is_cut_and_says_so():
    shown = neutralise(Kind.PDF, pdf(pages=40))

    assert len(shown.pages) == 30
    assert shown.truncated


def test_what_was_typed_in_a_form_is_seen():
    typed = stream(b"0 0 0 rg 0 0 100 100 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 100 100]")
    field = b"<< /Subtype /Widget /FT /Tx /T (nom) /V (Moi) /F 4 /Rect [100 100 200 200] /AP << /N 10 0 R >> >>"
    form = pdf(
        catalog=b"/AcroForm << /Fields [11 0 R] >>", page=b"/Annots [11 0 R]", content=b"", objects=[typed, field]
    )

    assert page(neutralise(Kind.PDF, form)).convert("L").getextrema()[0] < 50


def test_photo_pasted_in_a_document_is_a_page_of_its_own():
    shown = neutralise(Kind.DOCX, docx(entries={"word/media/image1.jpg": phone_photo(), "word/media/x.emf": b"x"}))
    assert [page(shown, number).size for number in range(len(shown.pages))] == [(1_240, 1_754), (300, 400)]

    shown = neutralise(Kind.ODT, odt(entries={"Pictures/1.png": photo("PNG")}))
    assert len(shown.pages) == 2


def test_text_of_office_documents_keeps_its_lines_and_loses_what_was_struck_out():
    body = (
        "<text:h>Titre</text:h><text:tracked-changes><text:p>rayé</text:p></text:tracked-changes>"
        "<text:p>Un<text:s/>deux<text:tab/>trois<text:line-break/>quatre</text:p>"
    )

    assert neutralise(Kind.ODT, odt(body)).text == "Titre\nUn deux\ttrois\nquatre"
    assert neutralise(Kind.DOCX, docx("Un\nDeux", entries={"word/footer1.xml": "<w><t>Pied</t></w>"})).text == (
        "Un\nDeux\n\nPied"
    )


def test_attachments_of_a_message_are_named_and_not_opened():
    text = neutralise(Kind.EML, message_with(b"contenu", "facture.exe")).text

    assert "Objet\u00a0: Trop-perçu à rembourser" in text
    assert "Pièce jointe, non ouverte\u00a0: facture.exe" in text
    assert "contenu" not in text


def test_message_that_is_only_a_page_shows_its_words():
    html = "<title>T</title><style>p{}</style><p>Bonjour <b>Madame</b></p><script>alert(1)</script><div>Au revoir</div>"

    text = neutralise(Kind.EML, message("", html=html).as_bytes()).text

    assert "Bonjour Madame" in text
    assert "Au revoir" in text
    assert "alert" not in text
    assert "p{}" not in text


def test_letter_forwarded_as_a_page_is_shown_below_the_words_that_forward_it():
    forwarding = message("Voir ci-dessous.")
    forwarding.add_attachment(message("", html=f"<p>{LETTER}</p>"))

    text = neutralise(Kind.EML, forwarding.as_bytes()).text

    assert "Voir ci-dessous." in text
    assert LETTER in text


def test_page_of_a_message_is_read_too_when_its_text_says_much_less():
    text = neutralise(Kind.EML, message("Voir en ligne.", html=f"<p>{LETTER}</p>").as_bytes()).text

    assert LETTER in text


def test_same_words_sent_twice_are_shown_once():
    assert neutralise(Kind.EML, message(html=f"<p>{LETTER}</p>").as_bytes()).text.count(LETTER) == 1


def test_long_text_is_cut_and_says_so():
    shown = neutralise(Kind.TXT, b"mot " * 100_000)

    assert len(shown.pages) == 30
    assert len(shown.text) <= LIMITS.characters
    assert shown.truncated


def forms_that_multiply() -> bytes:
    """Ten forms, each of which draws the next ten times: ten billion drawings."""
    header = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do " * 10, header % number) for number in range(11, 20)]
    last = stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf(page=b"/Resources << /XObject << /X 10 0 R >> >>", content=b"/X Do", objects=[*forms, last])


def test_document_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(neutralise_module, "LIMITS", replace(LIMITS, neutralise_time=3))

    with pytest.raises(NeutralisationFailed):
        neutralise(Kind.PDF, forms_that_multiply())


@pytest.mark.parametrize("document", [b"", b"%PDF-1.7", photo("PNG")])
def test_what_cannot_be_shown_is_not_shown_at_all(document):
    with pytest.raises(NeutralisationFailed):
        neutralise(Kind.PDF, document)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null\n",
        b"[" * 100_000 + b"\n",
        b'{"refused": "unknown"}\n',
        b'{"text": "", "truncated": false}\n',
        b'{"text": "", "truncated": false, "sizes": []}\n',
        b'{"text": "", "truncated": false, "sizes": ["a"]}\n',
        b'{"text": "", "truncated": false, "sizes": [13]}\n<html></html>',
    ],
)
def test_answer_of_a_process_that_was_taken_over_is_not_believed(monkeypatch, answer):
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: answer)

    with pytest.raises(NeutralisationFailed):
        neutralise(Kind.PDF, pdf())


def test_text_holds_nothing_that_a_database_refuses(monkeypatch):
    answer = b'{"text": "a\\u0000b\\ud800c", "truncated": false, "sizes": [3]}\n\xff\xd8\xff'
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: answer)

    assert neutralise(Kind.PDF, pdf()).text == "abc"


@pytest.fixture
def recognition(monkeypatch) -> Callable[[str], str]:
    """The text of a photo when this program stands for Tesseract."""

    def read(program: str) -> str:
        monkeypatch.setattr(ocr, "PROGRAM", program)
        return neutralise(Kind.PNG, photo("PNG")).text

    return read


def test_characters_are_recognised_by_a_confined_program(recognition):
    assert recognition("/bin/echo") == "stdin stdout -l fra"


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/tesseract"])
def test_photo_is_shown_without_text_when_recognition_fails(recognition, program):
    assert recognition(program) == ""
