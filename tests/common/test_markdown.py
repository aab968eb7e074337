import pytest

from common import markdown


def test_lists_bold_and_links_are_rendered():
    html = markdown.render("1. Ouvrez **Mon Compte**.\n2. Lisez [la fiche](https://www.service-public.gouv.fr/x).\n")

    assert html == (
        "<ol>\n<li>Ouvrez <strong>Mon Compte</strong>.</li>\n"
        '<li>Lisez <a href="https://www.service-public.gouv.fr/x">la fiche</a>.</li>\n</ol>\n'
    )


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[lien](javascript:alert(1))",
        "[lien](http://site-sans-chiffrement.fr)",
        "![image](https://exemple.fr/i.png)",
        '<img src=x onerror="alert(1)">',
        "<b onclick=alert(1)>gras</b>",
    ],
)
def test_nothing_active_or_foreign_comes_out(source):
    html = markdown.render(source)

    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html
    assert "<b " not in html


def test_plain_text_drops_marks_and_line_breaks():
    assert markdown.plain_text("1. Ouvrez **Mon\nCompte** sur [caf.fr](https://www.caf.fr).") == (
        "Ouvrez Mon Compte sur caf.fr."
    )


def test_list_items_are_the_steps():
    assert markdown.list_items("1. Ouvrez.\n2. Corrigez.\n") == ["Ouvrez.", "Corrigez."]
