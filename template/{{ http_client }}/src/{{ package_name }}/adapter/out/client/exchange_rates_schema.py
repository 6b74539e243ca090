"""Exchange rates as the other service sends them, in the format of https://api.frankfurter.dev/v1."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

Rate = Annotated[Decimal, Field(gt=0, le=1_000_000_000, max_digits=16)]


class RatesBody(BaseModel):
    date: dt.date
    rates: dict[str, Rate]
