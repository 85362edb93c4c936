"""Where an address can be: Vietnam's provinces and communes, and the countries abroad.

The units of Vietnam come from a dated table of facts; `DATASET_VERSION` names its edition, and an
order keeps it beside the code and the names as written, because codes were given new meanings in
2025 (00577 was Đa Tốn, is Bát Tràng).
"""

from shop.accounts.places.countries import Country, countries, country
from shop.accounts.places.vietnam import (
    DATASET_VERSION,
    Province,
    ShippingZone,
    Ward,
    in_province,
    province,
    provinces,
    ward,
    wards_of,
)

__all__ = [
    "DATASET_VERSION",
    "Country",
    "Province",
    "ShippingZone",
    "Ward",
    "countries",
    "country",
    "in_province",
    "province",
    "provinces",
    "ward",
    "wards_of",
]
