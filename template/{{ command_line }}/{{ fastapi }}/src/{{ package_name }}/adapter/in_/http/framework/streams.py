"""Responses that are sent while they are read.

An error after the first batch ends one early, which the client notices: a chunk is missing at the end.
"""

from fastapi.responses import StreamingResponse


class NdjsonResponse(StreamingResponse):
    media_type = "application/x-ndjson"
