"""Tests as Django engineers write them; ``manage.py test`` runs them, in test_third_party_code.py."""

from django.db import connection, transaction
from django.test import LiveServerTestCase, TestCase, TransactionTestCase


class ClientTest(TransactionTestCase):
    def test_the_client_calls_a_route(self) -> None:
        assert self.client.get("/health/ready").status_code == 200

    async def test_the_async_client_calls_a_route(self) -> None:
        assert (await self.async_client.get("/health/ready")).status_code == 200


class DatabaseTest(TestCase):
    def test_a_callback_runs_after_the_commit(self) -> None:
        called: list[bool] = []
        with self.captureOnCommitCallbacks(execute=True):
            transaction.on_commit(lambda: called.append(connection.in_atomic_block))

        assert len(called) == 1


class ServerTest(LiveServerTestCase):
    def test_a_server_can_be_started(self) -> None:
        assert self.live_server_url.startswith("http://")
