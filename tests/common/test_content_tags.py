import pytest
from django.template import Context, Template

from common.templatetags.content import french, plural_fr


@pytest.mark.parametrize(("count", "ending"), [(0, ""), (1, ""), (2, "s"), (48, "s")])
def test_french_plural_starts_at_two(count, ending):
    assert plural_fr(count) == ending


def rendered(source: str, request) -> str:
    return Template("{% load content %}" + source).render(Context({"request": request}))


def test_page_address_keeps_the_search_and_drops_empty_filters(rf):
    request = rf.get("/erreurs/", {"q": "apl & loyer", "public": "", "page": "2"})

    assert rendered("{% page_address 3 %}", request) == "?q=apl+%26+loyer&amp;page=3"


def test_removing_a_filter_returns_to_the_first_page(rf):
    request = rf.get("/erreurs/", {"q": "apl", "public": "particulier", "page": "2"})

    assert rendered("{% without_parameter 'public' %}", request) == "?q=apl"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui ?", "Qui\xa0?"),
        ("« oui »", "«\xa0oui\xa0»"),
        ("1 000 caractères", "1\xa0000 caractères"),
        ("36 46", "36 46"),
    ],
)
def test_french_spaces_do_not_break(typed, shown):
    assert french(typed) == shown
