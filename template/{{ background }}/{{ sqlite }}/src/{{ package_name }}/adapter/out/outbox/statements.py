"""Claiming on SQLite: one statement, because there is one writer at a time."""

CLAIM = """
UPDATE outbox SET state = 'TAKEN', attempts = attempts + 1, due = :until
WHERE position = (SELECT position FROM outbox AS candidate WHERE {where} ORDER BY due LIMIT 1)
RETURNING {returned}
"""
