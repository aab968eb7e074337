"""Sites whose pages may be the source of a fact: those of the State, of its operators and of social security."""

from urllib.parse import urlsplit

# A domain stands for itself and for what is below it.
OFFICIAL_DOMAINS = [
    "gouv.fr",
    "actionlogement.fr",
    "agefiph.fr",
    "agirc-arrco.fr",
    "ameli.fr",
    "banque-france.fr",
    "caf.fr",
    "caissedesdepots.fr",
    "cibtp.fr",
    "cnil.fr",
    "cnmss.fr",
    "defenseurdesdroits.fr",
    "europa.eu",
    "francetravail.fr",
    "francetravail.org",
    "info-retraite.fr",
    "infogreffe.fr",
    "inpi.fr",
    "insee.fr",
    "lassuranceretraite.fr",
    "lescrous.fr",
    "majdc.fr",
    "msa.fr",
    "net-entreprises.fr",
    "ofii.fr",
    "parcoursup.fr",
    "retraites.fr",
    "secu-independants.fr",
    "service-public.fr",
    "urssaf.fr",
    "visale.fr",
]


def is_official(url: str) -> bool:
    """Whether the address is `https` and on one of the official domains."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "https" and any(host == domain or host.endswith(f".{domain}") for domain in OFFICIAL_DOMAINS)
