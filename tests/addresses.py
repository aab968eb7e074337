"""Every public address of the portal, in each of its states: what the tests of pages go through."""

PAGES = [
    "/",
    "/particuliers/",
    "/professionnels/",
    "/evenements-de-vie/demenager/",
    "/evenements-de-vie/gestion-activite/",
    "/evenements-de-vie/declarer-payer-impots/",
    "/administrations/",
    "/administrations/caf/",
    "/administrations/impots/",
    "/administrations/region/",
    "/erreurs/",
    "/erreurs/?page=2",
    "/erreurs/?public=particulier&evenement=demenager&administration=caf&droit=yes&tri=titre",
    "/erreurs/?administration=inconnue",
    "/recherche/?q=trop+per%C3%A7u+caf",
    "/recherche/?q=surendetement",
    "/recherche/?q=recette+de+tarte",
    "/recherche/?q=xyzzyxyzzy",
    "/erreur-manquante/recue/",
    "/erreurs/vie-de-couple-non-signalee-caf/",
    "/erreurs/colis-hors-union-europeenne-taxes/",
    "/erreurs/vie-de-couple-non-signalee-caf/avis/merci/",
    "/droit-a-l-erreur/",
    "/simplifier/",
    "/simplifier/resultats/",
    "/simplifier/avant-apres/",
    "/plan-du-site/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/ecoconception/",
    "/donnees-ouvertes/",
    "/contact/",
]
# A form has a cookie against forged requests, and a state where it is refused.
FORMS = [
    "/erreur-manquante/?q=ruche",
    "/erreurs/vie-de-couple-non-signalee-caf/avis/?reponse=oui",
    "/erreurs/vie-de-couple-non-signalee-caf/avis/?reponse=non&motif=information-fausse",
    "/simplifier/document/",
    "/simplifier/suivi/",
]
REFUSALS = {
    "/cette-page-n-existe-pas/": 404,
    "/erreurs/inconnue/avis/": 404,
    "/simplifier/envoi/inconnu/recu/": 404,
}
TEXTS = [
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/erreurs.json?q=caf",
    "/erreurs.atom?q=caf",
    "/recherche/suggestions/?q=caf",
]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def policy(header: str) -> set[str]:
    """The directives of a policy, whose order does not matter."""
    return {directive.strip() for directive in header.split(";")}
