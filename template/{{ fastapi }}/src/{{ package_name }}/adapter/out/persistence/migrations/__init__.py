"""Every change of the schema, in order.

To add one, change ``tables.py``, bring the development database to head, and have Alembic write the difference:

    uv run alembic revision --autogenerate --rev-id 0002 -m "Add a column"
"""
