"""Secrets that are none: what examples and guides write where a secret belongs."""

import re
from typing import Annotated

from pydantic import AfterValidator, SecretStr
from pydantic_core import PydanticCustomError

# A value that is made of such words alone; a random one is not, however short.
_CORE = (
    "passwords?|passwd|passphrase|secrets?|keys?|tokens?|credentials?|examples?|placeholders?|dummy|todo|fixme|tbd|"
    "change|replace|fill|insert|x{3,}|none|null|undefined"
)
_FILLER = (
    "please|me|it|this|that|here|in|with|for|before|production|prod|set|put|enter|add|my|your|our|an?|the|some|"
    "very|super|strong|secure|random|long|real|own|default|sample|test|api|sk|db|database|user|admin|root|"
    "postgres(?:ql)?|redis|qdrant|grafana|openai|value"
)
_WORDS = re.compile(rf"(?:{_FILLER})*(?:{_CORE})(?:{_CORE}|{_FILLER})*\d{{0,4}}")
# <secret>, ${SECRET} and {{ secret }} were to be replaced, and `sk-...` to be continued.
_SHAPE = re.compile(r"<.*>|\$\{.*\}|\{\{.*\}\}|.*(?:\.\.\.|…)|\*{3,}", re.DOTALL)


def is_placeholder(value: str) -> bool:
    """Whether the value stands where a secret should be."""
    said = value.strip().strip("'\"").lower()
    return bool(_SHAPE.fullmatch(said) or _WORDS.fullmatch(re.sub(r"[\s_.\-!]+", "", said)))


def refuse_placeholder(value: str, what: str = "it") -> None:
    """Raise what pydantic tells as the setting's fault."""
    if is_placeholder(value):
        raise PydanticCustomError(
            "placeholder",
            "{what} is a placeholder where a secret belongs; `make secrets` generates real ones",
            {"what": what},
        )


def _real(secret: SecretStr | None) -> SecretStr | None:
    """The secret without the newline that a file ends with; an empty file is no secret."""
    said = secret.get_secret_value().rstrip("\r\n") if secret else ""
    if not said:
        return None
    refuse_placeholder(said)
    return SecretStr(said)


OptionalSecret = Annotated[SecretStr | None, AfterValidator(_real)]
