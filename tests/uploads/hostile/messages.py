"""E-mail messages and plain texts that are no letter of anybody."""

from email.message import EmailMessage

from common.uploads.limits import LIMITS
from common.uploads.results import Finding
from tests.uploads.documents import LETTER, message, message_with
from tests.uploads.hostile.case import EICAR, MZ, SCRIPT, Case, cut


def nested_messages(depth: int) -> bytes:
    made = message()
    for _ in range(depth):
        outer = EmailMessage()
        outer["From"] = "moi@example.fr"
        outer["Subject"] = "TR"
        outer.set_content("Voir ci-dessous.")
        outer.add_attachment(made)
        made = outer
    return made.as_bytes()


def raw_message(body: bytes, headers: bytes = b"") -> bytes:
    return b"From: a@example.fr\r\nSubject: Bonjour\r\n" + headers + b"\r\n" + body


def page_message(page: str) -> bytes:
    return message("", html=page).as_bytes()


def forwarded(content: bytes) -> bytes:
    return raw_message(content, b"Content-Type: message/rfc822\r\n")


def in_parts(content: bytes = b"", *, before: bytes = b"", after: bytes = b"") -> bytes:
    """A letter in one part, with what a reader of messages skips around it."""
    body = before + b"\r\n--x\r\n\r\nBonjour" + content + b"\r\n--x--\r\n" + after
    return raw_message(body, b"Content-Type: multipart/mixed; boundary=x\r\n")


def with_part(headers: bytes, content: bytes = b"x") -> bytes:
    """A letter beside which this is said to be read as it comes."""
    return in_parts(b"\r\n--x\r\nContent-Disposition: inline\r\n" + headers + b"\r\n\r\n" + content)


FETCHES = {
    "feuille-de-style": '<link rel="stylesheet" href="https://x.fr/a.css">',
    "base": '<base href="https://x.fr/"><img src="a.gif">',
    "renvoi": '<meta http-equiv="Refresh" content="0; url=https://x.fr/">',
    "partage": '<img src="\\\\x.fr\\s\\a.gif">',
    "fichier": '<img src="file://x.fr/s/a.gif">',
    "dessin": '<svg><image href="https://x.fr/a.png"/></svg>',
    "dessin-ancien": '<svg><image xlink:href="ht\ntps://x.fr/a.png"/></svg>',
    "seconde-image": '<img srcset="a.png 1x, https://x.fr/a.png 2x">',
    "style-de-partage": "<p style=\"background:url('file://x.fr/a')\">a</p>",
}


MESSAGES_AND_TEXTS = [
    Case("joint.eml", Finding.ATTACHMENT, lambda: message_with(MZ, "facture.pdf.exe")),
    Case("eicar.eml", Finding.ATTACHMENT, lambda: message_with(EICAR, "eicar.com")),
    Case("transferts.eml", "accepted", lambda: nested_messages(3)),
    Case("trop-de-transferts.eml", "unreadable", lambda: nested_messages(40)),
    Case("abime-de-parties.eml", "unreadable", lambda: raw_message(b"", b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1_200)))),
    Case("page.eml", Finding.SCRIPT, lambda: message("", html="<p>Bonjour</p>" + SCRIPT.decode()).as_bytes()),
    Case("klingon.eml", "accepted", lambda: raw_message(b"\xe9", b"Content-Type: text/plain; charset=klingon\r\n")),
    Case("japonais.eml", "accepted", lambda: raw_message(b"a", b"To: =?iso-2022-jp?B?GyRCJCIbKEI=?= <a@b.fr>\r\n")),
    Case("coupe.eml", "accepted", lambda: raw_message(
        b"--x\r\n\r\na", b"Content-Type: multipart/x; boundary=x\r\n")),
    Case("base64-coupe.eml", Finding.ATTACHMENT, lambda: cut(message_with(MZ * 20, "a.bin"))),
    Case("nul.eml", "accepted", lambda: raw_message(b"a\0b\x1b[31m")),
    Case("en-tetes.eml", "accepted", lambda: raw_message(b"a", b"X-A: b\r\n" * 20_000)),
    Case("en-tete-immense.eml", "accepted", lambda: raw_message(b"a", b"X-A: " + b"b" * 1_000_000 + b"\r\n")),
    Case("parentheses.eml", "accepted", lambda: raw_message(b"a", b"X-A: " + b"(" * 100_000 + b"\r\n")),
    Case("mouchard.eml", Finding.EXTERNAL_RESOURCE, lambda: page_message('<img src="https://x.fr/a.gif">')),
    Case("fond.eml", Finding.EXTERNAL_RESOURCE, lambda: page_message('<p style="background:url(//x.fr/a)">a</p>')),
    Case("script.eml", Finding.SCRIPT, lambda: page_message("<p onclick='alert(1)'>a</p>")),
    *(
        Case(f"{name}.eml", Finding.EXTERNAL_RESOURCE, lambda page=page: page_message("<p>Bonjour</p>" + page))
        for name, page in FETCHES.items()
    ),
    Case("liens.eml", "accepted", lambda: page_message(
        '<a href="https://x.fr/">ici</a> <a href="mailto:a@b.fr">là</a> <img src="cid:1@x"> <img src="data:,a">')),
    Case("lien-de-script.eml", Finding.SCRIPT, lambda: page_message('<a href=" java\nscript:alert(1)">ici</a>')),
    Case("script-en-ligne.eml", Finding.ATTACHMENT, lambda: with_part(b"Content-Type: text/javascript; name=a.js")),
    Case("programme-en-ligne.eml", Finding.ATTACHMENT, lambda: with_part(
        b'Content-Type: text/plain; name="facture.vbs"')),
    Case("uuencode.eml", Finding.ATTACHMENT, lambda: raw_message(b"begin 644 a.exe\r\n#0V%T\r\n`\r\nend\r\n")),
    Case("cache-avant.eml", Finding.HIDDEN_DATA, lambda: in_parts(before=MZ.hex().encode() * 20)),
    Case("cache-apres.eml", Finding.HIDDEN_DATA, lambda: in_parts(after=b"Content-Type: application/x\r\n\r\nTVqQ")),
    Case("deux-frontieres.eml", Finding.DAMAGED_STRUCTURE, lambda: raw_message(
        b"--b\r\n\r\na\r\n--b--", b'Content-Type: multipart/mixed; boundary="a"; boundary="b"\r\n')),
    Case("frontiere-vide.eml", "accepted", lambda: raw_message(
        b"--\r\n\r\na\r\n----", b'Content-Type: multipart/mixed; boundary=""\r\n')),
    Case("chiffre.eml", Finding.ATTACHMENT, lambda: raw_message(
        b"MIAGCSqGSIb3", b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n")),
    Case("winmail.eml", Finding.ATTACHMENT, lambda: message_with(b"\x78\x9f\x3e\x22", "winmail.dat")),
    Case("ailleurs.eml", Finding.ATTACHMENT, lambda: raw_message(
        b"\r\n", b'Content-Type: message/external-body; access-type=URL; URL="http://x.fr/a.exe"\r\n')),
    Case("message-joint-piege.eml", Finding.ATTACHMENT, lambda: forwarded(message_with(MZ, "a.exe"))),
    Case("mille-pieces.eml", "unreadable", lambda: in_parts(b"\r\n--x\r\n\r\n" * 300_000)),
    Case("nom-piege.eml", Finding.ATTACHMENT, lambda: message_with(MZ, "facture\u202efdp.exe")),
    Case("objet-piege.eml", "accepted", lambda: raw_message(b"a", b"Subject: =?utf-8?b?PHNjcmlwdD4=?=\r\n" * 3)),
    Case("sujet-immense.eml", "accepted", lambda: raw_message(b"a", b"To: " + b"a@b.fr, " * 50_000 + b"\r\n")),
    Case("balises.eml", Finding.DAMAGED_STRUCTURE, lambda: page_message("<b>" * 300_000)),
    Case("utf7.txt", "accepted", lambda: b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
    Case("cent-mille-lignes.txt", "accepted", lambda: b"Bonjour\r\n" * 100_000),
    Case("mots-immenses.txt", "accepted", lambda: (b"a" * 70_000 + b" ") * 140),
    Case("utf16.txt", "accepted", lambda: LETTER.encode("utf-16")),
    Case("utf16-be.txt", "accepted", lambda: b"\xfe\xff" + LETTER.encode("utf-16-be")),
    Case("utf16-coupe.txt", "wrong_kind", lambda: LETTER.encode("utf-16")[:-1]),
    Case("surrogat.txt", "wrong_kind", lambda: b"\xff\xfe\x00\xd8a\x00"),
    Case("marque.txt", "accepted", lambda: b"\xef\xbb\xbf" + LETTER.encode()),
    Case("windows.txt", "accepted", lambda: LETTER.encode("cp1252")),
    Case("utf8-abime.txt", "accepted", lambda: LETTER.encode() + b"\xff\xe9"),
    Case("nul-au-milieu.txt", "wrong_kind", lambda: b"Bonjour\0Monsieur"),
    Case("terminal.txt", "wrong_kind", lambda: b"\x1b]0;titre\x07"),
    Case("sens-inverse.txt", "accepted", "Payez \u202e0001\u202c €".encode),
    Case("eicar.com", "accepted", lambda: EICAR),
    Case("lignes-vides.txt", "accepted", lambda: b"\n" * 100_000),
    Case("une-ligne.txt", "accepted", lambda: b"a" * LIMITS.file_size),
    Case("accents-empiles.txt", "accepted", ("e" + "\u0301" * 5_000).encode),
]  # fmt: skip
# fmt: skip
