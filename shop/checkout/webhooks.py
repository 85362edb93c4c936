"""Placeholder."""

from flask import Blueprint

blueprint = Blueprint("provider_webhooks", __name__)
