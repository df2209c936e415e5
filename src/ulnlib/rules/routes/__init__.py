"""Routes to achievement: to which qualifications a learner's units lead.

The service withdrew this query; here it is asked of a catalogue that the caller brings:
qualifications with their structures. `index` makes it fast, `search` asks it, and a
`RouteQuery` is a question that can be saved.

Source: web-service schemas of release 9, operations ExecuteRta, SaveRtaQuery and
ListSavedRtaQueries (observed); presentation of the service, slides on routes to
achievement (published: search by keyword, number and sector subject area).
"""

from __future__ import annotations

__all__ = [
    "AGE_RANGES",
    "COUNTRIES",
    "ENTRY",
    "HEADINGS",
    "Catalogue",
    "CatalogueFile",
    "Route",
    "RouteQuery",
    "Standing",
    "SubjectArea",
    "area_codes",
    "catalogue_to_dict",
    "catalogue_to_json",
    "find_subject_area",
    "index",
    "named_levels",
    "read_catalogue",
    "search",
    "subject_areas",
]

from ulnlib.rules.routes.areas import (
    SubjectArea,
    area_codes,
    find_subject_area,
    subject_areas,
)
from ulnlib.rules.routes.catalogue import Catalogue, index
from ulnlib.rules.routes.forms import catalogue_to_dict, catalogue_to_json
from ulnlib.rules.routes.query import (
    AGE_RANGES,
    COUNTRIES,
    ENTRY,
    RouteQuery,
    named_levels,
)
from ulnlib.rules.routes.reading import CatalogueFile, read_catalogue
from ulnlib.rules.routes.route import Route
from ulnlib.rules.routes.searching import search
from ulnlib.rules.routes.standing import Standing
from ulnlib.rules.routes.table import HEADINGS
