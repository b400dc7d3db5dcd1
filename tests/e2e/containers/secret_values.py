"""Secrets of one stack: with characters that a URL, a shell or a configuration might trip over."""

from secrets import token_hex


def make() -> dict[str, str]:
    """The values of .env.prod."""
    return {
        "POSTGRES_PASSWORD": f"e2e/@:%{token_hex(12)}",
        "REDIS_PASSWORD": f"e2e/@:%{token_hex(12)}",
        "QDRANT_API_KEY": f"e2e{token_hex(12)}",
        "GRAFANA_PASSWORD": f"e2e{token_hex(12)}",
    }
