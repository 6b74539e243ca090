"""Claiming on PostgreSQL: workers pass over the rows that others are claiming."""

CLAIM = """
WITH claimed AS MATERIALIZED (
    SELECT position AS claimed_position FROM outbox AS candidate
    WHERE {where} ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET state = 'TAKEN', attempts = attempts + 1, due = :until
FROM claimed WHERE position = claimed_position
RETURNING {returned}
"""
