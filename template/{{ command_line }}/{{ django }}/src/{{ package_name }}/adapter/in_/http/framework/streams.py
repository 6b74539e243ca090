"""Responses that are sent while they are read.

An error after the first batch ends one early, which the client notices: a chunk is missing at the end.
"""

from typing import Any

from django.http import StreamingHttpResponse

MEDIA_TYPE = "application/x-ndjson"
NDJSON: dict[str, Any] = {"responses": {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}}


class NdjsonResponse(StreamingHttpResponse):
    def __init__(self, content: Any) -> None:
        super().__init__(content, content_type=MEDIA_TYPE)
