"""Synchronous access to the database in async code is an error at once."""

import pytest
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connections, transaction


async def test_a_query_is_rejected(using: str) -> None:
    with pytest.raises(SynchronousOnlyOperation):
        connections[using].cursor()


async def test_a_transaction_is_rejected(using: str) -> None:
    with pytest.raises(SynchronousOnlyOperation), transaction.atomic(using=using):
        pass
