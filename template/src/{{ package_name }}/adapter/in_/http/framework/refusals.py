"""What each operation may refuse, for the OpenAPI document; what follows from its shape (a body, a query) is added.

Of a text in a path that does not follow: where its bounds are checked, 422 is listed here.
"""

from collections.abc import Mapping, Sequence

REFUSALS_OF: Mapping[str, Sequence[int]] = {
    "check_liveness": (),
    "check_readiness": (503,),
    # [sample]
    "create_market": (409, 503),
    "get_market": (404, 503),
    "list_markets": (503,),
    "publish_market": (404, 409, 503),
    # [/sample]
}
