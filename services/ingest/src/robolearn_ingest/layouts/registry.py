"""All layouts, in the order in which they are tried. A new one is a line here."""

from robolearn_ingest.layouts.docusaurus import Docusaurus
from robolearn_ingest.layouts.hugging_face import HuggingFace
from robolearn_ingest.layouts.layout import Layout
from robolearn_ingest.layouts.mdbook import MdBook
from robolearn_ingest.layouts.mkdocs import MkDocs
from robolearn_ingest.layouts.plain_folder import PlainFolder
from robolearn_ingest.layouts.readme_contents import ReadmeContents
from robolearn_ingest.layouts.single_readme import SingleReadme

# Known by a file of their own; they are looked for in subfolders too.
SITES: tuple[Layout, ...] = (Docusaurus(), MkDocs(), MdBook(), HuggingFace())
# Known by what their README says.
BY_README: tuple[Layout, ...] = (ReadmeContents(),)
# Anything with a Markdown page in it.
FALLBACKS: tuple[Layout, ...] = (SingleReadme(), PlainFolder())
