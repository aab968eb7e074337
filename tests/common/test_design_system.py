import re
from pathlib import Path

from django.contrib.staticfiles import finders

from common import design_system


def built(name: str) -> str:
    return Path(finders.find(f"dsfr/{name}")).read_text(encoding="utf-8")


def test_style_sheet_asks_for_no_file_but_the_fonts():
    addresses = set(re.findall(r"url\((?![\"']?data:)([^)]*)\)", built("dsfr.css")))

    assert addresses == {f"fonts/{font}" for font in design_system.FONTS}


def test_dark_colours_follow_the_system_without_a_script():
    css = built("dsfr.css")

    assert "@media (prefers-color-scheme:dark){:root:not([data-fr-theme=light]){--grey-1000-50:#161616" in css
    assert ":root:not([data-fr-theme=light]) .fr-logo:after" in css


def test_every_pictogram_offered_to_editors_is_in_the_sprite():
    sprite = built("pictograms.svg")

    for name, _ in design_system.pictogram_choices():
        assert f'<symbol id="{design_system.pictogram_id(name)}"' in sprite


def test_top_level_rules_leave_out_media_queries():
    css = "/*! licence */a{b:c}@media print{d{e:f}}g,h{i:j}"

    assert list(design_system.top_level_rules(css)) == [("a", "b:c"), ("g,h", "i:j")]
