"""Measures of plain language: sentences, their length, words to avoid, acronyms.

The numbers are those of the plain-language guides for French administrations and of ISO 24495-1: sentences of twenty
words on average, none above thirty-five.
"""

import re

from common.markdown import plain_text

MAX_SENTENCE = 35
MAX_AVERAGE = 20
WORDS_TO_AVOID = [
    "nonobstant",
    "afférent",
    "susmentionné",
    "susvisé",
    "le cas échéant",
    "il vous appartient",
    "ledit",
    "ladite",
    "à toutes fins utiles",
    "·",
]
# What readers stumble on in the letters of administrations, each with a plain equivalent; the catalogue is held to the
# short list above. A final « à », « de » or « que » also stands for « au », « du », « d' », « qu' »…
JARGON = {
    "à ce jour": "aujourd'hui",
    "à compter de": "à partir de",
    "à défaut de": "sans",
    "à défaut": "sinon",
    "à l'effet de": "pour",
    "à l'encontre de": "contre",
    "à l'issue de": "après",
    "à réception de": "dès que vous recevez",
    "à titre conservatoire": "par précaution",
    "à titre dérogatoire": "par exception",
    "à titre gracieux": "gratuitement",
    "à titre onéreux": "contre un paiement",
    "à toutes fins utiles": "pour information",
    "acquitter": "payer",
    "afférent": "lié à",
    "ampliation": "copie",
    "antérieurement": "avant",
    "assujetti": "soumis",
    "au préalable": "avant",
    "au prorata de": "en proportion de",
    "au regard de": "selon",
    "au titre de": "pour",
    "aux fins de": "pour",
    "auxdits": "à ces",
    "ayant droit": "personne qui a droit à cette aide",
    "caduc": "sans effet",
    "caduque": "sans effet",
    "ci-après": "plus bas",
    "ci-dessus": "plus haut",
    "compte tenu de": "à cause de",
    "conformément à": "selon",
    "contrevenant": "personne qui n'a pas respecté la règle",
    "créance": "somme due",
    "créancier": "personne à qui l'argent est dû",
    "dans l'éventualité où": "si",
    "dans l'hypothèse où": "si",
    "dans la mesure où": "puisque",
    "dans le cadre de": "pour",
    "dans les meilleurs délais": "avant le (une date)",
    "dans les plus brefs délais": "avant le (une date)",
    "de cujus": "personne décédée",
    "débiteur": "personne qui doit de l'argent",
    "déférer": "obéir",
    "dérogation": "exception",
    "diligenter": "lancer",
    "diligenté": "lancé",
    "dudit": "de ce",
    "dûment": "correctement",
    "échu": "arrivé à sa date",
    "émoluments": "salaire",
    "en l'absence de": "sans",
    "en l'espèce": "ici",
    "en l'état": "pour l'instant",
    "en l'occurrence": "ici",
    "en outre": "de plus",
    "en sus de": "en plus de",
    "en tout état de cause": "dans tous les cas",
    "en vertu de": "selon",
    "en vue de": "pour",
    "eu égard à": "à cause de",
    "exonération": "dispense de paiement",
    "faire droit à": "accepter",
    "faute de quoi": "sinon",
    "forclusion": "perte d'un droit, faute d'avoir agi à temps",
    "idoine": "adapté",
    "il convient de": "il faut",
    "il est porté à votre connaissance": "nous vous informons",
    "il vous appartient": "vous devez",
    "il vous incombe": "vous devez",
    "il vous revient de": "vous devez",
    "il y a lieu de": "il faut",
    "imparti": "donné",
    "indu": "somme reçue à tort",
    "injonction": "ordre",
    "irrecevable": "refusé sans examen",
    "ladite": "cette",
    "le cas échéant": "si c'est votre cas",
    "ledit": "ce",
    "lesdits": "ces",
    "lesdites": "ces",
    "liquidation de vos droits": "calcul de vos droits",
    "mainlevée": "fin de la saisie",
    "mandatement": "paiement",
    "mise en demeure": "dernier rappel avant poursuites",
    "moyennant": "avec",
    "nonobstant": "malgré",
    "notifier": "faire savoir",
    "notifié": "annoncé",
    "nous vous prions de bien vouloir": "merci de",
    "par la présente": "par cette lettre",
    "pétitionnaire": "personne qui demande",
    "postérieurement": "après",
    "pour valoir ce que de droit": "comme preuve",
    "préalablement": "avant",
    "précité": "cité plus haut",
    "préjudice": "dommage",
    "prendre attache avec": "contacter",
    "prendre l'attache de": "contacter",
    "procéder à": "faire",
    "prorogation": "prolongation",
    "proroger": "prolonger",
    "quitus": "accord qui clôt le dossier",
    "quote-part": "part",
    "récépissé": "reçu",
    "recours contentieux": "demande au tribunal",
    "recours gracieux": "demande de nouvel examen",
    "recouvrement": "récupération de la somme due",
    "redevable": "qui doit payer",
    "réputé": "considéré comme",
    "requérant": "personne qui demande",
    "requis": "demandé",
    "sans préjudice de": "en plus de",
    "se prévaloir de": "s'appuyer sur",
    "sis": "situé",
    "sise": "située",
    "solliciter": "demander",
    "sous réserve de": "à condition de",
    "sous réserve que": "à condition que",
    "stipuler": "prévoir",
    "subordonné à": "possible seulement avec",
    "subséquent": "suivant",
    "surseoir à": "reporter",
    "sursis": "report",
    "susdit": "ce",
    "susindiqué": "indiqué plus haut",
    "susmentionné": "cité plus haut",
    "susnommé": "nommé plus haut",
    "susvisé": "cité plus haut",
    "titre de perception": "demande de paiement",
    "titre exécutoire": "décision qui permet une saisie",
    "ultérieurement": "plus tard",
    "visé en référence": "cité en haut de cette lettre",
    "vous voudrez bien": "merci de",
}
# Acronyms that everyone reads without their full form, and PRO, the end of a form's name (2042 C PRO).
COMMON_ACRONYMS = {"CDD", "CDI", "CV", "HLM", "PDF", "PRO", "PV", "RIB", "RSA", "SMS", "TVA", "UE"}
WORD = re.compile(r"\w[\w'’-]*")


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(source: str) -> list[str]:
    """The sentences of a Markdown text; each item of a list ends one."""
    lines = (plain_text(line) for line in source.splitlines() if line.strip())
    return [sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s+", line) if words(sentence)]


def long_sentences(source: str) -> list[str]:
    return [sentence for sentence in sentences(source) if len(words(sentence)) > MAX_SENTENCE]


def average_sentence(source: str) -> float:
    """Words a sentence, on average; 0 for an empty text."""
    found = sentences(source)
    return sum(len(words(sentence)) for sentence in found) / len(found) if found else 0.0


def avoided_words(source: str) -> list[str]:
    text = source.lower()
    return [word for word in WORDS_TO_AVOID if word in text]


def unexplained_acronyms(source: str) -> list[str]:
    """Acronyms that no parenthesis explains: « MDPH (maison …) » or « maison … (MDPH) » does."""
    text = re.sub(r"https?://\S+", "", source)
    found = dict.fromkeys(re.findall(r"(?<![\w-])[A-Z]{2,}(?![\w-])", text))
    return [
        name
        for name in found
        if name not in COMMON_ACRONYMS and not re.search(rf"\b{name}\s*»?\s*\(|\([^)]*\b{name}\b", text)
    ]
