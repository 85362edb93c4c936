"""Pages that stand on several packages or on none."""

from shop.pages.views import craft, home, information, machines, mailbox, workshops
from shop.pages.views.base import (
    blueprint,
    craft_blueprint,
    open_blueprint,
    workshops_blueprint,
)

__all__ = [
    "blueprint",
    "craft",
    "craft_blueprint",
    "home",
    "information",
    "machines",
    "mailbox",
    "open_blueprint",
    "workshops",
    "workshops_blueprint",
]
