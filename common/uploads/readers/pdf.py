"""PDF: its pages rendered by pdfium (no script engine), its structure searched for what it could do elsewhere."""

import pypdfium2 as pdfium
from PIL import Image

from common.uploads.limits import LIMITS
from common.uploads.readers import pdf_structure
from common.uploads.readers.jpeg import encode
from common.uploads.refusals import Refused
from common.uploads.results import Finding, Neutralised

SCALE = 150 / 72  # dots an inch


def inspect(data: bytes) -> set[Finding]:
    document = _open(data)
    try:
        document[0]
    except (pdfium.PdfiumError, IndexError) as error:
        raise Refused("damaged") from error
    return pdf_structure.inspect(data)


def neutralise(data: bytes) -> Neutralised:
    document = _open(data)
    document.init_forms()  # what was typed into a form is drawn with it
    pages, texts = [], []
    for number in range(min(len(document), LIMITS.pages)):
        try:
            page = document[number]
        except pdfium.PdfiumError:  # the others may be whole
            continue
        pages.append(encode(_render(page)))
        texts.append(page.get_textpage().get_text_bounded())
    text = "\n\n".join(texts)
    return Neutralised(
        pages=pages,
        text=text[: LIMITS.characters],
        truncated=len(pages) < len(document) or len(text) > LIMITS.characters,
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY)
        raise Refused("encrypted" if locked else "damaged") from error


def _render(page: pdfium.PdfPage) -> Image.Image:
    scale = min(SCALE, LIMITS.page_side / max(page.get_size()))
    return page.render(scale=scale).to_pil().convert("RGB")
