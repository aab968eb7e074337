"""Photos and scans: decoded, put upright, and encoded anew from their pixels alone."""

from io import BytesIO

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

Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and is looked at before anything is decoded
pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def inspect(data: bytes) -> set[Finding]:
    """An image does nothing. It is decoded whole, to tell now that it is cut."""
    _load(data)
    return set()


def neutralise(data: bytes) -> Neutralised:
    image, frames = decode(data)
    return Neutralised(pages=[encode(image)], text="", truncated=frames > 1)


def decode(data: bytes) -> tuple[Image.Image, int]:
    """The first image and how many there are. It is upright, on white, of a page's size at most, without metadata."""
    image = _load(data)
    # The second image of an MPO is the same photo, for a screen or an eye of another kind.
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    shown = image.convert("RGBA" if image.has_transparency_data else "RGB")
    shown.thumbnail((LIMITS.page_side, LIMITS.page_side))
    shown = _upright(shown)
    pixels = Image.new("RGB", shown.size, "white")
    pixels.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    return pixels, frames


def _load(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > LIMITS.image_pixels:
            raise Refused("too_many_pixels")
        image.draft("RGB", (LIMITS.page_side, LIMITS.page_side))
        image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("damaged") from error
    return image


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a damaged block of metadata does not lose the photo
        return image
