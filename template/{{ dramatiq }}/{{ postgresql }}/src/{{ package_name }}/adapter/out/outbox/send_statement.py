"""Sending on PostgreSQL: workers pass over the rows that others are sending."""

SEND = """
WITH claimed AS MATERIALIZED (
    SELECT position AS claimed_position FROM outbox AS candidate
    WHERE {where} ORDER BY due LIMIT :limit FOR UPDATE SKIP LOCKED
)
UPDATE outbox SET state = 'SENT', due = :until
FROM claimed WHERE position = claimed_position
RETURNING position
"""
