"""The WSGI entry point: granian wsgi:app."""

from shop.app import create_app

app = create_app()
