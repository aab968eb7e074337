"""The one form in which pages leave the confined process."""

from io import BytesIO

from PIL import Image

Image.preinit()  # the encoder is looked for at its first use, which is too late there


def encode(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "JPEG", quality=85)
    return output.getvalue()
