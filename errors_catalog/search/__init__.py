"""Search that understands people: any word, ranked by rarity, with spelling, SMS, synonyms and old names.

`engine.search(words)` answers; `index.rebuild()` prepares what it reads. PostgreSQL does the work: no other service.
"""
