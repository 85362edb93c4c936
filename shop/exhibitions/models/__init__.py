"""The tables of the gallery: what curators work on, and what they have published of it."""

from shop.exhibitions.models import artefacts, editions, rooms, sounds

__all__ = ["artefacts", "editions", "rooms", "sounds"]
