"""Search that understands people: any word, ranked by rarity, with spelling, SMS, synonyms and old names.

`engine.search(words)` answers; `index.rebuild()` prepares what it reads. PostgreSQL does the work: no other service.
"""

MEANING = "errors_catalog.search.meaning"  # imported when `SEARCH_BY_MEANING` asks for it: its packages are optional
MAX_STEMS = 5  # the longest wording that a synonym replaces
