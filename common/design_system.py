"""Takes from the `django-dsfr` package the part of the State design system (DSFR) that our pages use.

The result, in `build/dsfr/`, is one style sheet with its icons inside, two fonts, one file of pictograms and the
favicons: 7 files instead of the 9,467 of the package. Nothing of the DSFR is kept in this repository (see the README).
"""

import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

COMPONENTS = [
    "skiplink",
    "logo",
    "header",
    "navigation",
    "footer",
    "breadcrumb",
    "button",
    "link",
    "badge",
    "tag",
    "tile",
    "callout",
    "notice",
    "alert",
    "form",
    "input",
    "select",
    "radio",
    "checkbox",
    "upload",
    "stepper",
    "search",
    "pagination",
]

# Icons that our templates name, besides those inside the components.
ICONS = ["arrows/arrow-right-line", "system/close-line"]

# Pictograms that a life event may show.
PICTOGRAMS = [
    "accessibility/wheelchair",
    "buildings/city-hall",
    "buildings/companie",
    "buildings/house",
    "buildings/school",
    "digital/avatar",
    "digital/calendar",
    "digital/innovation",
    "digital/mail-send",
    "digital/search",
    "digital/self-training",
    "document/conclusion",
    "document/contract",
    "document/document-signature",
    "document/national-identity-card",
    "document/passport",
    "document/sign-document",
    "document/tax-stamp",
    "document/vehicle-registration",
    "environment/environment",
    "environment/human-cooperation",
    "environment/leaf",
    "environment/sun",
    "environment/tree",
    "health/doctor",
    "health/health",
    "health/hospital",
    "institutions/justice",
    "institutions/money",
    "leisure/book",
    "leisure/community",
    "leisure/paint",
    "map/airport",
    "map/location-france",
    "map/luggage",
    "map/map",
    "map/map-pin",
    "system/flow-settings",
]

FONTS = {"Marianne-Regular.woff2": 400, "Marianne-Bold.woff2": 700}
DARK = r"(?::root)?\[data-fr-theme=dark\]"
ARTWORK_COLOURS = {
    "decorative": "var(--artwork-decorative-blue-france)",
    "minor": "var(--artwork-minor-red-marianne)",
    "major": "var(--artwork-major-blue-france)",
}


def package_dir() -> Path:
    """The `dist` folder of the DSFR in the installed package."""
    spec = find_spec("dsfr")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Le paquet django-dsfr n'est pas installé.")
    return Path(spec.origin).parent / "static" / "dsfr" / "dist"


def build(target: Path) -> None:
    """Write the assets to `target`, which is replaced whole."""
    source = package_dir()
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "fonts").mkdir(parents=True)
    (partial / "dsfr.css").write_text("\n".join(style_sheets(source)), encoding="utf-8")
    (partial / "pictograms.svg").write_text(pictogram_sprite(source), encoding="utf-8")
    for font in FONTS:
        shutil.copy(source / "fonts" / font, partial / "fonts" / font)
    for icon in ("favicon.svg", "favicon.ico", "apple-touch-icon.png"):
        shutil.copy(source / "favicon" / icon, partial / icon)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)


def style_sheets(source: Path) -> Iterator[str]:
    """The parts of the style sheet: fonts, colours of both themes, components, icons."""
    for font, weight in FONTS.items():
        yield (
            f"@font-face{{font-display:swap;font-family:Marianne;font-style:normal;font-weight:{weight};"
            f'src:url(fonts/{font}) format("woff2")}}'
        )
    sheets = [source / "scheme" / "scheme.min.css", source / "core" / "core.main.min.css"]
    sheets += [source / "component" / name / f"{name}.main.min.css" for name in COMPONENTS]
    for sheet in sheets:
        yield follow_system_theme(re.sub(r"@font-face\{[^}]*\}", "", inline_icons(sheet)))
    for icon in ICONS:
        mask = data_uri(source / "icons" / f"{icon}.svg")
        name = icon.partition("/")[2].removeprefix("fr--")
        yield f".fr-icon-{name}:before,.fr-icon-{name}:after{{-webkit-mask-image:{mask};mask-image:{mask}}}"


def follow_system_theme(css: str) -> str:
    """The sheet with its dark rules twice: when the reader chose them, and when the system asks, without a script."""
    by_system = [
        f"{re.sub(DARK, ':root:not([data-fr-theme=light])', selector)}{{{body}}}"
        for selector, body in top_level_rules(css)
        if re.search(DARK, selector)
    ]
    return f"{css}\n@media (prefers-color-scheme:dark){{{''.join(by_system)}}}" if by_system else css


def top_level_rules(css: str) -> Iterator[tuple[str, str]]:
    """Each (selector, declarations) of a minified sheet that stands outside any `@media`."""
    depth = start = 0
    selector = ""
    for match in re.finditer(r"[{}]", css):
        if match[0] == "{":
            depth += 1
            if depth == 1:
                selector, start = css[start : match.start()].rpartition("*/")[2], match.end()
        else:
            depth -= 1
            if depth == 0:
                if not selector.startswith("@"):
                    yield selector, css[start : match.start()]
                start = match.end()


def inline_icons(sheet: Path) -> str:
    """The style sheet with each small SVG written inside it: one request instead of thirty."""

    def replacement(match: re.Match[str]) -> str:
        address = match["address"]
        return data_uri((sheet.parent / address).resolve()) if address.endswith(".svg") else match[0]

    css = sheet.read_text(encoding="utf-8")
    return re.sub(r"url\((?P<address>\.[^)]+)\)", replacement, css)


def data_uri(svg: Path) -> str:
    return f'url("data:image/svg+xml,{quote(svg.read_text(encoding="utf-8").strip(), safe=" =:/")}")'.replace(
        "%22", "'"
    )


def pictogram_sprite(source: Path) -> str:
    """One SVG file where each pictogram is a symbol, coloured by the page's theme."""
    symbols = "".join(pictogram_symbol(source, name) for name in PICTOGRAMS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def pictogram_symbol(source: Path, name: str) -> str:
    svg = (source / "artwork" / "pictograms" / f"{name}.svg").read_text(encoding="utf-8")
    layers = []
    for layer, colour in ARTWORK_COLOURS.items():
        symbol = re.search(rf'<symbol[^>]*id="artwork-{layer}"[^>]*>(.*?)</symbol>', svg, flags=re.DOTALL)
        if symbol:
            shapes = re.sub(r">\s+<", "><", symbol[1].strip())
            layers.append(f'<g fill="{colour}">{shapes}</g>')
    return f'<symbol id="{pictogram_id(name)}" viewBox="0 0 80 80">{"".join(layers)}</symbol>'


def pictogram_id(name: str) -> str:
    """The fragment of a pictogram in the sprite: « buildings/house » is `buildings-house`."""
    return name.replace("/", "-")


def pictogram_choices() -> list[tuple[str, str]]:
    return [(name, name) for name in PICTOGRAMS]
