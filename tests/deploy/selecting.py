"""Label selectors, as Kubernetes reads them."""

from collections.abc import Mapping
from typing import Any

_MEETS = {
    "In": lambda value, values: value in values,
    "NotIn": lambda value, values: value not in values,
    "Exists": lambda value, _: value is not None,
    "DoesNotExist": lambda value, _: value is None,
}


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a LabelSelector matches; an empty one matches everything."""
    wanted = selector.get("matchLabels", {})
    expressions = selector.get("matchExpressions", ())
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        _MEETS[one["operator"]](labels.get(one["key"]), one.get("values", ())) for one in expressions
    )
