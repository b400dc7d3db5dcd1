"""What handlers ask for. All are `async` so that asking costs no thread."""

from typing import Annotated

from fastapi import Depends, Request

from robolearn.ports.reading import Catalogue
from robolearn_api.adapters import Adapters
from robolearn_api.search.searcher import Searcher
from robolearn_api.search.vectors import VectorSide
from robolearn_api.settings import ApiSettings
from robolearn_api.shelf import Shelf


async def _adapters(request: Request) -> Adapters:
    adapters: Adapters = request.app.state.adapters
    return adapters


async def _catalogue(request: Request) -> Catalogue:
    catalogue: Catalogue = request.app.state.adapters.catalogue
    return catalogue


async def _searcher(request: Request) -> Searcher:
    searcher: Searcher = request.app.state.searcher
    return searcher


async def _vectors(request: Request) -> VectorSide:
    vectors: VectorSide = request.app.state.vectors
    return vectors


async def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


async def _settings(request: Request) -> ApiSettings:
    settings: ApiSettings = request.app.state.settings
    return settings


AdaptersDep = Annotated[Adapters, Depends(_adapters)]
CatalogueDep = Annotated[Catalogue, Depends(_catalogue)]
SearcherDep = Annotated[Searcher, Depends(_searcher)]
ShelfDep = Annotated[Shelf, Depends(_shelf)]
VectorsDep = Annotated[VectorSide, Depends(_vectors)]
SettingsDep = Annotated[ApiSettings, Depends(_settings)]
