"""docs/kubernetes.md, and the example in it."""

import re

from .combinations import ROOT

GUIDE = (ROOT / "docs" / "kubernetes.md").read_text()
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
(EXAMPLE,) = [block for block in BLOCKS if "kind: Kustomization" in block]
