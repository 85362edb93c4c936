"""Signing in, registering and the account page."""

from shop.accounts.views import home, register, sign_in
from shop.accounts.views.base import blueprint

__all__ = ["blueprint", "home", "register", "sign_in"]
