"""Are the secrets there, and are they secrets?"""

from collections.abc import Iterator
from pathlib import Path

from scripts.stack.passwords import GENERATED, GIVEN, Secret
from scripts.stack.placeholders import is_placeholder
from scripts.stack.stacks import Stack


def check(stack: Stack) -> Iterator[str]:
    """A needed one that is missing, or any that is a placeholder."""
    if not stack.env_file.is_file() and not any(stack.value(one.name) for one in GENERATED):
        yield f"There is no {stack.env_file}, which holds the secrets; run `make secrets`."
        return
    for secret in (*GENERATED, *GIVEN):
        yield from _faults(secret, stack)


def _faults(secret: Secret, stack: Stack) -> Iterator[str]:
    value, file = stack.value(secret.name), stack.value(f"{secret.name}_FILE")
    if value and is_placeholder(value):
        yield (
            f"{secret.name} is a placeholder where a secret belongs; "
            f"delete it from {stack.env_file} and run `make secrets`."
        )
    elif not value and file:
        yield from _faults_of_file(f"{secret.name}_FILE", Path(file))
    elif not value and (secret.needed or _is_asked_for(secret, stack)):
        name = secret.name
        yield f"{name} is not set; run `make secrets`, or set it (or {name}_FILE) in {stack.env_file}."


def _is_asked_for(secret: Secret, stack: Stack) -> bool:
    """Those that only a profile or a provider needs."""
    if secret.name == "GRAFANA_PASSWORD":
        return "monitoring" in stack.value("COMPOSE_PROFILES").split(",")
    provider, other = stack.value("EMBEDDING_PROVIDER"), stack.value("OPENAI_BASE_URL")
    return secret.name == "OPENAI_API_KEY" and provider == "openai" and not other


def _faults_of_file(name: str, path: Path) -> Iterator[str]:
    try:
        value = path.read_text(encoding="utf-8")
        readable = path.stat().st_mode & 0o004
    except (OSError, UnicodeDecodeError):
        yield f"{name} names {path}, which is no file that can be read; correct the path."
        return
    if not value.strip():
        yield f"{name} names {path}, which is empty; write the secret into it."
    elif is_placeholder(value):
        yield f"{name} names {path}, which holds a placeholder; write a secret into it."
    elif not readable:
        yield (
            f"{name} names {path}, which the containers' users cannot read; "
            f"run `chmod a+r {path}` and keep it in a folder that only you may enter."
        )
