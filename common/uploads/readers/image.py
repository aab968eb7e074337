"""Photos and scans: decoded, put upright, and encoded anew from their pixels alone."""

from io import BytesIO
from math import prod

import pillow_heif
from PIL import (  # Pillow loads some of these only when a file needs them, which is too late in the confined process
    Image,
    ImageColor,
    ImageOps,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from common.uploads.limits import LIMITS
from common.uploads.readers.jpeg import encode
from common.uploads.refusals import Refused
from common.uploads.results import Finding, Neutralised

LOADED = [ImageColor, ImagePalette, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin]
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
# The bytes of memory that a pixel takes at worst while it is decoded.
COST = {"JPEG": 12, "PNG": 4, "WEBP": 16, "HEIF": 10, "MPO": 12}
DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)

Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and is looked at before anything is decoded
pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def inspect(data: bytes) -> set[Finding]:
    """An image does nothing. It is decoded, to tell now that it is cut, unless that takes too much for an answer."""
    size = _webp_size(data)  # its decoder takes all its memory as soon as it opens the file
    image = None if size and not _is_light("WEBP", size) else _open(data)
    if image and _is_light(image.format or "", image.size):
        _load(image)
    return set()


def neutralise(data: bytes) -> Neutralised:
    image, frames = decode(data)
    return Neutralised(pages=[encode(image)], text="", truncated=frames > 1)


def decode(data: bytes) -> tuple[Image.Image, int]:
    """The first image and how many there are. It is upright, on white, of a page's size at most, without metadata."""
    image = _load(_open(data))
    # The second image of an MPO is the same photo, for a screen or an eye of another kind.
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    if image.mode.startswith("I"):  # sixteen bits of grey, of which Pillow would take the lowest values for white
        image = image.point(lambda value: value / 256).convert("L")
    shown = image.convert("RGBA" if image.has_transparency_data else "RGB")
    shown.thumbnail((LIMITS.page_side, LIMITS.page_side))
    shown = _upright(shown)
    pixels = Image.new("RGB", shown.size, "white")
    pixels.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    return pixels, frames


def _open(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except DAMAGED as error:
        raise Refused("damaged") from error
    _refuse_immense(image.size)
    return image


def _refuse_immense(size: tuple[int, int]) -> None:
    if prod(size) > LIMITS.image_pixels:
        raise Refused("too_many_pixels")


def _is_light(image_format: str, size: tuple[int, int]) -> bool:
    _refuse_immense(size)
    return prod(size) * COST[image_format] <= LIMITS.check_memory


def _webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height, as the first block of a WebP says them; nothing for another format."""
    kind, body = data[12:16], data[20:30]
    if data[8:12] != b"WEBP" or len(body) < 10:
        return None
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        packed = int.from_bytes(body[1:5], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def _load(image: Image.Image) -> Image.Image:
    try:
        image.draft("RGB", (LIMITS.page_side, LIMITS.page_side))
        image.load()
    except DAMAGED as error:
        raise Refused("damaged") from error
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a damaged block of metadata does not lose the photo
        return image
