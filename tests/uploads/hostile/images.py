"""Images that lie, swell, hide or break."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.uploads.documents import archive, pdf, phone_photo, photo
from tests.uploads.hostile.case import MZ, SCRIPT, Case, cut, zeros


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def header(width: int, height: int, *, depth: int = 8, colour: int = 0, interlaced: bool = False) -> bytes:
    return png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def png(width: int, height: int, pixels: bytes, *extra: bytes, **kind: int) -> bytes:
    """A PNG, grey unless said otherwise, whose header says what one likes."""
    chunks = [header(width, height, **kind), *extra, png_chunk(b"IDAT", pixels), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def plain(image_format: str, width: int, height: int, *, mode: str = "RGB", **options: object) -> bytes:
    """One colour, and as many pixels as one likes."""
    output = BytesIO()
    Image.new(mode, (width, height)).save(output, image_format, **options)
    return output.getvalue()


def endless_scans(count: int, height: int = 3_000) -> bytes:
    """A progressive photo of twelve million pixels whose last pass is written again and again."""
    data = plain("JPEG", 4_000, height, progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


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


def grid_that_lies() -> bytes:
    """An image said to be a grid of tiles, with no tile."""
    return photo("HEIF").replace(b"hvc1", b"grid", 1)


def animation(image_format: str, *, images: int = 3) -> bytes:
    output = BytesIO()
    frames = [Image.new("RGB", (50, 50), (80 * number % 256, 0, 0)) for number in range(images)]
    frames[0].save(output, image_format, save_all=True, append_images=frames[1:])
    return output.getvalue()


def palette_png() -> bytes:
    output = BytesIO()
    Image.new("P", (60, 60)).save(output, "PNG", transparency=0)
    return output.getvalue()


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
    Case("ment-plus.webp", "too_many_pixels", lambda: webp_that_lies(16_383)),
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
    Case("immense-mais-vide.webp", "accepted", lambda: plain("WEBP", 8_000, 5_000, mode="RGBA", lossless=True)),
    Case("affiche.jpg", "accepted", lambda: plain("JPEG", 8_000, 5_000, mode="CMYK", progressive=True)),
    Case("panorama.heic", "accepted", lambda: plain("HEIF", 5_000, 5_000, enc_params={"preset": "ultrafast"})),
    Case("seize-bits.png", "accepted", lambda: png(8_000, 5_000, zeros(321), depth=16, colour=6)),
    Case("entrelacee.png", "accepted", lambda: png(6_000, 5_000, zeros(250), depth=16, colour=6, interlaced=True)),
    Case("balayages.jpg", "unreadable", lambda: endless_scans(2_000)),
    Case("film.webp", "accepted", lambda: animation("WEBP", images=300)),
    Case("grille.heic", "damaged", grid_that_lies),
    Case("boites.heic", "damaged", lambda: photo("HEIF")[:28] + b"\0\0\0\x08free" * 100_000),
    Case("pdf-dans-jpeg.jpg", "accepted", lambda: photo("JPEG", comment=pdf())),
    Case("deux-en-tetes.png", "too_many_pixels", lambda: png(10, 10, zeros(1), header(9_000, 9_000))),
    Case("sans-fin.png", "accepted", lambda: png(10, 10, zeros(1))[:-12]),
]
