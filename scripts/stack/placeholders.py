"""Values that stand where a secret should be."""

import re

_WORDS = re.compile(
    r"(?:please|change|replace|fill|insert|put|set|add|your|my|our|the|an?|me|it|this|here|in|very|super|strong|secure|"
    r"random|long|real|sample|test|default|api|sk|db|database|postgres(?:ql)?|redis|qdrant|grafana|openai|user|admin|"
    r"root|value|passwords?|passwd|passphrase|secrets?|keys?|tokens?|credentials?|examples?|placeholders?|dummy|todo|"
    r"fixme|tbd|x{3,}|none|null|undefined)+\d{0,4}"
)
_SHAPE = re.compile(r"<.*>|\$\{.*\}|\{\{.*\}\}|.*(?:\.\.\.|…)|\*{3,}", re.DOTALL)


def is_placeholder(value: str) -> bool:
    """Whether someone meant to write a secret here and did not. The programs look again."""
    said = value.strip().strip("'\"").lower()
    return bool(_SHAPE.fullmatch(said) or _WORDS.fullmatch(re.sub(r"[\s_.\-!]+", "", said)))
