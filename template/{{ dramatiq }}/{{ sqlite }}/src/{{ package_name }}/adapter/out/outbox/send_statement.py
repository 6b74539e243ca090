"""Sending on SQLite: one statement, because there is one writer at a time."""

SEND = """
UPDATE outbox SET state = 'SENT', due = :until
WHERE position IN (SELECT position FROM outbox AS candidate WHERE {where} ORDER BY due LIMIT :limit)
RETURNING position
"""
