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


MESSAGES_AND_TEXTS = [
    Case("joint.eml", Finding.ATTACHMENT, lambda: message_with(MZ, "facture.pdf.exe")),
    Case("eicar.eml", Finding.ATTACHMENT, lambda: message_with(EICAR, "eicar.com")),
    Case("transferts.eml", "accepted", lambda: nested_messages(3)),
    Case("trop-de-transferts.eml", "unreadable", lambda: nested_messages(40)),
    Case("abime-de-parties.eml", "unreadable", lambda: raw_message(b"", b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1_200)))),
    Case("page.eml", "accepted", lambda: message("", html="<p>Bonjour</p>" + SCRIPT.decode()).as_bytes()),
    Case("klingon.eml", "accepted", lambda: raw_message(b"\xe9", b"Content-Type: text/plain; charset=klingon\r\n")),
    Case("japonais.eml", "accepted", lambda: raw_message(b"a", b"To: =?iso-2022-jp?B?GyRCJCIbKEI=?= <a@b.fr>\r\n")),
    Case("coupe.eml", "accepted", lambda: raw_message(b"--x\r\n\r\na", b"Content-Type: multipart/x; boundary=x\r\n")),
    Case("base64-coupe.eml", Finding.ATTACHMENT, lambda: cut(message_with(MZ * 20, "a.bin"))),
    Case("nul.eml", "accepted", lambda: raw_message(b"a\0b\x1b[31m")),
    Case("en-tetes.eml", "accepted", lambda: raw_message(b"a", b"X-A: b\r\n" * 20_000)),
    Case("en-tete-immense.eml", "accepted", lambda: raw_message(b"a", b"X-A: " + b"b" * 1_000_000 + b"\r\n")),
    Case("parentheses.eml", "accepted", lambda: raw_message(b"a", b"X-A: " + b"(" * 100_000 + b"\r\n")),
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
