"""How passwords are stored."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = BoundedSemaphore(2)  # in each process: otherwise many logins at once would take all of its memory


class Argon2Hasher(Argon2PasswordHasher):
    """Has RFC 9106's second set of parameters: Django's own take more memory than a small container has."""

    time_cost = 3
    memory_cost = 64 * 2**10  # KiB
    parallelism = 4

    def encode(self, password: str, salt: str) -> str:
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with AT_ONCE:
            return super().verify(password, encoded)
