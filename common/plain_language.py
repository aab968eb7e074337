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
# Acronyms that everyone reads without their full form, and PRO, the end of a form's name (2042 C PRO).
COMMON_ACRONYMS = {"CDD", "CDI", "CV", "HLM", "PDF", "PRO", "PV", "RIB", "RSA", "SMS", "TVA", "UE"}


def words(text: str) -> list[str]:
    return re.findall(r"\w[\w'’-]*", text)


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
