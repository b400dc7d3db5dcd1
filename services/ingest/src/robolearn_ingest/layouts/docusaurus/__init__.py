"""Docusaurus: explicit sidebars, read and never run, or automatic ones."""

from robolearn_ingest.layouts.docusaurus.layout import Docusaurus

__all__ = ["Docusaurus"]
