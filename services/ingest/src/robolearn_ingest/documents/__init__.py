"""Bytes of a Markdown or MDX file in, a page with its passages and what was wrong with it out."""

from robolearn_ingest.documents.decoding import decode
from robolearn_ingest.documents.front_matter import front_matter
from robolearn_ingest.documents.page import PARSER_VERSION, headings_of, parse_page

__all__ = ["PARSER_VERSION", "decode", "front_matter", "headings_of", "parse_page"]
