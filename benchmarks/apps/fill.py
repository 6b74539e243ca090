"""Markets by the thousand: ``python fill.py ROWS``."""

import os
import sys

import psycopg

FILL = """
INSERT INTO market (id, name, slug, status, version)
SELECT gen_random_uuid(), 'Market ' || number, 'market-' || number, 'DRAFT', 1 FROM generate_series(1, %s) number
"""

with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    connection.execute(FILL, [int(sys.argv[1])])
    connection.execute("VACUUM ANALYZE market")
