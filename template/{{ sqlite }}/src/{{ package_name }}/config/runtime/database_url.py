"""The address of the database, as SQLite has it."""


def is_address(url: str) -> bool:
    """Tell whether this is the address of a file, and no more; one in memory would be gone with each connection."""
    scheme, _, path = url.partition(":///")
    return scheme == "sqlite" and path not in ("", ":memory:") and "?" not in path and not path.startswith("file:")


def connection_limit(_: str) -> int | None:
    """Return nothing: a file takes any number of connections."""
    return None
