"""Documents of word processors that act, swell, hide or break."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

from common.uploads.results import Finding
from tests.uploads.documents import CONTENT_TYPE, LETTER, archive, docx, docx_entries, odt, relation
from tests.uploads.hostile.case import BILLION_LAUGHS, CFB, EICAR, MZ, OUTSIDE_ENTITY, ZEROS, Case, cut, zeros
from tests.uploads.hostile.images import png


def docx_bomb(megabytes: int) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", 8) as opened:
        for name, content in docx_entries().items():
            opened.writestr(name, content)
        with opened.open("word/media/image1.bmp", "w") as entry:
            for _ in range(megabytes):
                entry.write(ZEROS)
    return output.getvalue()


def zip64(size: int = 0) -> bytes:
    """A .docx with the larger numbers that some programs write; `size` is what its body is said to take."""
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as opened:
        for name, content in docx_entries().items():
            with opened.open(name, "w", force_zip64=True) as entry:
                entry.write(content if isinstance(content, bytes) else content.encode())
        opened.filelist[1].file_size = size or opened.filelist[1].file_size
    return output.getvalue()


def overlapping() -> bytes:
    """Two names for the same compressed bytes, as the densest bombs do."""
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as opened:
        for name, content in docx_entries(entries={"word/header1.xml": "<x/>"}).items():
            opened.writestr(name, content)
        first, *_, last = opened.filelist
        last.header_offset = first.header_offset
    return output.getvalue()


def instructions(element: str) -> str:
    """A field that starts a program through DDE, whole or in pieces."""
    pieces = (
        '<w:fldSimple w:instr="DDEAUTO c:\\\\cmd.exe"/>'
        if element == "fldSimple"
        else "<w:r><w:instrText> DD</w:instrText></w:r><w:r><w:instrText>E c:\\\\cmd.exe</w:instrText></w:r>"
    )
    return f'<w:document xmlns:w="w"><w:body><w:p>{pieces}</w:p></w:body></w:document>'


def field(*instructions: str) -> str:
    """A part of a document whose field is told this, a paragraph for each piece."""
    begin, end = ('<w:p><w:fldChar w:fldCharType="begin"/></w:p>', '<w:p><w:fldChar w:fldCharType="end"/></w:p>')
    pieces = "".join(f"<w:p><w:r><w:instrText>{piece}</w:instrText></w:r></w:p>" for piece in instructions)
    return f'<w:x xmlns:w="w">{begin}{pieces}{end}</w:x>'


def typed(name: str, content_type: str, content: bytes | str) -> bytes:
    """A .docx with a part that only its content type tells."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{CONTENT_TYPE}"/>'
    types += f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    return docx(entries={"[Content_Types].xml": types, name: content})


def flagged_as_encrypted(data: bytes) -> bytes:
    """Sets the flag of encryption in each entry of an archive, in both places where it stands."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(mark)
        while start >= 0:
            changed[start + offset] |= 1
            start = changed.find(mark, start + 4)
    return bytes(changed)


def docx_that_lies() -> bytes:
    """Announces ten bytes for a body that holds more."""
    data = bytearray(docx(LETTER * 50))
    start = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[start + 24 : start + 28] = struct.pack("<I", 10)
    return bytes(data)


def twice_the_same_name() -> bytes:
    return docx(entries={"word/documenu.xml": "<x/>"}).replace(b"word/documenu.xml", b"word/document.xml")


OFFICE = [
    Case("coupe.docx", "damaged", lambda: cut(docx())),
    Case("coupe.odt", "damaged", lambda: cut(odt())),
    Case("mot-de-passe.docx", "encrypted", lambda: CFB + "EncryptedPackage".encode("utf-16-le")),
    Case("zip-chiffre.docx", "encrypted", lambda: flagged_as_encrypted(docx())),
    Case("mot-de-passe.odt", "encrypted", lambda: odt(entries={"META-INF/manifest.xml": "<m><encryption-data/></m>"})),
    Case("macros.docm", Finding.MACRO, lambda: docx(entries={"word/vbaProject.bin": CFB})),
    Case("macros.odt", Finding.MACRO, lambda: odt(entries={"Basic/Standard/Module1.xml": "<x/>"})),
    Case(
        "modele.docx",
        Finding.EXTERNAL_RESOURCE,
        lambda: docx(relation=relation("attachedTemplate", "https://x.fr/a.dotm")),
    ),
    Case(
        "image-distante.docx", Finding.EXTERNAL_RESOURCE, lambda: docx(relation=relation("image", "https://x.fr/a.png"))
    ),
    Case("image-distante.odt", Finding.EXTERNAL_RESOURCE, lambda: odt('<draw:image xlink:href="https://x.fr/a.png"/>')),
    Case("lien.docx", "accepted", lambda: docx(relation=relation("hyperlink", "https://x.fr/"))),
    Case("lien.odt", "accepted", lambda: odt('<text:p><text:a xlink:href="https://x.fr/">ici</text:a></text:p>')),
    Case("ole.docx", Finding.EMBEDDED_OBJECT, lambda: docx(entries={"word/embeddings/oleObject1.bin": CFB})),
    Case("activex.docx", Finding.EMBEDDED_OBJECT, lambda: docx(entries={"word/activeX/activeX1.bin": CFB})),
    Case("morceau.docx", Finding.EMBEDDED_OBJECT, lambda: docx(relation=relation("aFChunk", "a.html", "Internal"))),
    Case("objet.odt", Finding.EMBEDDED_OBJECT, lambda: odt('<draw:object xlink:href="./Objet 1"/>')),
    Case("script.odt", Finding.SCRIPT, lambda: odt('<text:event-listener xlink:href="vnd.sun.star.script:x"/>')),
    Case("entites.docx", "unsafe", lambda: docx(entries={"word/document.xml": BILLION_LAUGHS})),
    Case("entites.odt", "unsafe", lambda: odt(entries={"content.xml": BILLION_LAUGHS})),
    Case("entite-de-fichier.docx", "unsafe", lambda: docx(entries={"word/document.xml": OUTSIDE_ENTITY})),
    Case("entites-relations.docx", "unsafe", lambda: docx(entries={"word/_rels/document.xml.rels": BILLION_LAUGHS})),
    Case(
        "dtd-sans-entite.odt",
        "accepted",
        lambda: odt(entries={"META-INF/manifest.xml": '<!DOCTYPE manifest PUBLIC "x" "Manifest.dtd"><manifest/>'}),
    ),
    Case("remonte.docx", "unsafe", lambda: docx(entries={"../../etc/cron.d/x": "x"})),
    Case("absolu.docx", "unsafe", lambda: docx(entries={"/etc/passwd": "x"})),
    Case("windows.docx", "unsafe", lambda: docx(entries={"..\\..\\x.exe": MZ})),
    Case("lecteur.odt", "unsafe", lambda: odt(entries={"C:/x.exe": MZ})),
    Case("deux-fois.docx", "unsafe", twice_the_same_name),
    Case("lzma.docx", "unsafe", lambda: archive(docx_entries(), ZIP_LZMA)),
    Case("entrees.docx", "bomb", lambda: docx(entries={f"word/{number}": "" for number in range(3_000)})),
    Case("bombe.docx", "bomb", lambda: docx_bomb(150)),
    Case("taux.docx", "bomb", lambda: docx_bomb(20)),
    Case("ment.docx", "unreadable", docx_that_lies),
    Case(
        "sans-corps.docx", "unreadable", lambda: archive({"[Content_Types].xml": docx_entries()["[Content_Types].xml"]})
    ),
    Case("sans-corps.odt", "damaged", lambda: odt(entries={"content.xml": "<x"})),
    Case("faux-xml.docx", "damaged", lambda: docx(entries={"word/document.xml": "<w:p>coupé"})),
    Case(
        "profond.docx",
        "accepted",
        lambda: docx(entries={"word/document.xml": "<a>" * 50_000 + "</a>" * 50_000, "b": ZEROS[:1]}),
    ),
    Case("eicar.docx", "accepted", lambda: docx(entries={"word/media/eicar.com": EICAR})),
    Case("precede.docx", "wrong_kind", lambda: bytes(10) + docx()),
    Case("suivi.docx", "accepted", lambda: docx() + b"\0" * 100),
    Case("zip64.docx", "accepted", zip64),
    Case("zip64-qui-ment.docx", "bomb", lambda: zip64(size=2**40)),
    Case("entrees-superposees.docx", "unreadable", overlapping),
    Case("repertoire-deplace.docx", "damaged", lambda: docx().replace(b"PK\x01\x02", b"PK\x01\x03")),
    Case("dde.docx", Finding.PROGRAM_START, lambda: docx(entries={"word/document.xml": instructions("fldSimple")})),
    Case(
        "dde-en-morceaux.docx",
        Finding.PROGRAM_START,
        lambda: docx(entries={"word/document.xml": instructions("instrText")}),
    ),
    Case(
        "texte-d-ailleurs.docx",
        Finding.EXTERNAL_RESOURCE,
        lambda: docx(
            entries={
                "word/header1.xml": '<h xmlns:w="w"><w:fldSimple w:instr="INCLUDEPICTURE https://x.fr/a.png"/></h>'
            }
        ),
    ),
    Case(
        "relation-sans-mode.docx",
        Finding.EXTERNAL_RESOURCE,
        lambda: docx(relation=relation("image", "file://serveur/partage/a.png", "Internal")),
    ),
    Case(
        "modele-mhtml.docx",
        Finding.EXTERNAL_RESOURCE,
        lambda: docx(
            entries={
                "word/_rels/settings.xml.rels": f"<Relationships>{relation('attachedTemplate', 'mhtml:http://x.fr/a!b')}</Relationships>"
            }
        ),
    ),
    Case("macros-ailleurs.docx", Finding.MACRO, lambda: docx(entries={"xyz/VBAPROJECT.BIN": CFB})),
    Case("police-integree.docx", "accepted", lambda: docx(entries={"word/fonts/font1.odttf": MZ})),
    Case("dde.odt", Finding.EXTERNAL_RESOURCE, lambda: odt('<text:dde-connection-decl d="cmd"/>')),
    Case("macro-bouton.odt", Finding.SCRIPT, lambda: odt('<text:p><text:execute-macro name="x"/></text:p>')),
    Case("python.odt", Finding.MACRO, lambda: odt(entries={"Scripts/python/a.py": "import os"})),
    Case(
        "lien-de-script.odt",
        Finding.SCRIPT,
        lambda: odt('<text:p><text:a xlink:href="vnd.sun.star.script:a?language=Basic">ici</text:a></text:p>'),
    ),
    Case("section-liee.odt", Finding.EXTERNAL_RESOURCE, lambda: odt('<text:section-source xlink:href="//h/a.odt"/>')),
    Case(
        "attributs.docx",
        "accepted",
        lambda: docx(
            entries={"word/document.xml": "<a " + " ".join(f'a{number}="b"' for number in range(50_000)) + "/>"}
        ),
    ),
    Case("texte-immense.docx", "bomb", lambda: docx("Bonjour Madame\n" * 300_000)),
    Case(
        "quarante-images.docx",
        "accepted",
        lambda: docx(entries={f"word/media/{number}.png": png(2_000, 2_000, zeros(5)) for number in range(40)}),
    ),
    Case("image-piegee.docx", "accepted", lambda: docx(entries={"word/media/i.png": png(50_000, 50_000, b"")})),
    Case(
        "macros-sous-un-autre-nom.docx",
        Finding.MACRO,
        lambda: docx(relation=relation("vbaProject", "logo.dat", "Internal"), entries={"word/logo.dat": CFB}),
    ),
    Case(
        "macros-par-leur-type.docx",
        Finding.MACRO,
        lambda: typed("word/logo.dat", "application/vnd.ms-office.vbaProject", CFB),
    ),
    Case(
        "prend-des-macros.docx",
        Finding.MACRO,
        lambda: archive(
            {
                **docx_entries(),
                "[Content_Types].xml": '<Types><Override PartName="/word/document.xml" '
                'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
            }
        ),
    ),
    Case(
        "ole-parmi-les-images.docx",
        Finding.EMBEDDED_OBJECT,
        lambda: docx(relation=relation("oleObject", "media/o.bin", "Internal"), entries={"word/media/o.bin": CFB}),
    ),
    Case(
        "dde-dans-un-commentaire.docx",
        Finding.PROGRAM_START,
        lambda: docx(entries={"word/comments.xml": field("DDEAUTO c:\\\\cmd.exe")}),
    ),
    Case(
        "dde-dans-un-en-tete.docx",
        Finding.PROGRAM_START,
        lambda: docx(entries={"word/entete.xml": field("DDEAUTO c:\\\\cmd.exe")}),
    ),
    Case(
        "dde-par-son-type.docx",
        Finding.PROGRAM_START,
        lambda: typed("word/x.dat", CONTENT_TYPE.replace("document.main", "header"), field("DDEAUTO c:\\\\cmd.exe")),
    ),
    *(
        Case(
            f"{keyword.split()[0].lower()}.docx",
            Finding.EXTERNAL_RESOURCE,
            lambda keyword=keyword: docx(entries={"word/document.xml": field(f'{keyword} "https://x.fr/a"')}),
        )
        for keyword in ("IMPORT", "INCLUDE", "LINK Word.Document.8", "RD", "DATABASE \\d")
    ),
    Case(
        "texte-d-ailleurs-a-la-ligne.docx",
        Finding.EXTERNAL_RESOURCE,
        lambda: docx(entries={"word/document.xml": field("INCLUDETEXT\n", "\n&quot;https://x.fr/a&quot;")}),
    ),
    Case(
        "champ-de-lien.docx",
        "accepted",
        lambda: docx(entries={"word/document.xml": field("HYPERLINK &quot;https://x.fr/&quot;")}),
    ),
    *(
        Case(
            f"{name}-distant.odt",
            Finding.EXTERNAL_RESOURCE,
            lambda element=element: odt(f"<text:p>a</text:p>{element}"),
        )
        for name, element in {
            "fond": '<text:background-image xlink:href="https://x.fr/a.png"/>',
            "remplissage": '<draw:fill-image xlink:href="https://x.fr/a.png"/>',
            "puce": '<text:list-level-style-image xlink:href="//x.fr/a.png"/>',
            "tableau": '<text:table-source xlink:href="file://x.fr/a.ods"/>',
            "formulaire": '<text:form xlink:href="https://x.fr/"/>',
            "donnees": '<text:instance src="\\\\x.fr\\a.xml"/>',
        }.items()
    ),
    Case("image-jointe.odt", "accepted", lambda: odt('<text:p>a</text:p><draw:image xlink:href="Pictures/1.png"/>')),
]
