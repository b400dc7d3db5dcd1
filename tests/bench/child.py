"""The other side of `fresh`: call one function, and print what it returns with the peak memory it took."""

import json
import logging
import sys
from contextlib import redirect_stdout
from importlib import import_module

import structlog
from tests.bench.usage import own_peak


def main() -> None:
    """`child MODULE:FUNCTION ARGUMENTS`, the arguments as a JSON list."""
    module, name = sys.argv[1].split(":")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with redirect_stdout(sys.stderr):
        values = getattr(import_module(module), name)(*json.loads(sys.argv[2]))
    print(json.dumps({"values": values, "own_peak_mb": own_peak()}))


if __name__ == "__main__":
    main()
