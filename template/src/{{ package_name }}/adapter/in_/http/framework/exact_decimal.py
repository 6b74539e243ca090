"""Exact decimals in JSON: as strings, because a JSON number loses digits before anybody can look at it."""

from pydantic import StringConstraints


def exact_decimal(*, digits: int, decimals: int) -> StringConstraints:
    """Constrain a ``str`` to a number from 0, with up to so many digits before and after the point.

    ``weight: Annotated[str, exact_decimal(digits=6, decimals=3)]`` accepts ``"12.5"`` and rejects the number ``12.5``;
    ``Decimal(body.weight)`` is exact.
    """
    return StringConstraints(pattern=rf"^(0|[1-9][0-9]{{0,{digits - 1}}})(\.[0-9]{{1,{decimals}}})?$")
