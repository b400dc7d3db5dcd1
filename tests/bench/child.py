"""The other side of `fresh`: call one function, and print what it returns with the peak memory it took."""

import json
import sys
from contextlib import redirect_stdout
from importlib import import_module

from tests.bench.progress import quiet_logs
from tests.bench.usage import own_peak


def main() -> None:
    """`child MODULE:FUNCTION ARGUMENTS`, the arguments as a JSON list."""
    module, name = sys.argv[1].split(":")
    quiet_logs()
    with redirect_stdout(sys.stderr):
        values = getattr(import_module(module), name)(*json.loads(sys.argv[2]))
    print(json.dumps({"values": values, "own_peak_mb": own_peak()}))


if __name__ == "__main__":
    main()
