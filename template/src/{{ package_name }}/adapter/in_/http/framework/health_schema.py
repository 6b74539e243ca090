"""What travels over the wire, whatever the service is about."""

from typing import Literal

from pydantic import BaseModel


class HealthBody(BaseModel):
    status: Literal["ok"] = "ok"
