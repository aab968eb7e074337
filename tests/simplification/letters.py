"""Documents to send, made in code."""

import io

from PIL import Image

LETTER = """Madame, Monsieur,

Suite au réexamen de votre dossier, il apparaît que vous avez perçu à tort une somme au titre de l'aide au logement.
Nonobstant votre courrier, il vous appartient de procéder au remboursement de cette somme dans les meilleurs délais.
À défaut de règlement, une procédure de recouvrement pourra être engagée à votre encontre par nos services contentieux.
Vous disposez de la faculté de saisir la commission de recours amiable dans les deux mois à compter de la présente.
"""


def photo(colour: str = "white") -> bytes:
    """A JPEG as a telephone would take it: lying on its side, with a place in its metadata."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, "JPEG", exif=exif)
    return file.getvalue()
