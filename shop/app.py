"""create_app(): the one place that names every blueprint."""

from __future__ import annotations

from flask import Flask

from shop.accounts import current
from shop.accounts.views import blueprint as accounts
from shop.cart.views import basket_count
from shop.cart.views import blueprint as cart
from shop.catalogue.views import blueprint as catalogue
from shop.checkout.views import blueprint as checkout
from shop.checkout.webhooks import blueprint as provider_webhooks
from shop.cli import init_cli
from shop.core import (
    access,
    assets,
    compression,
    db,
    i18n,
    jobs,
    limits,
    logs,
    postman,
    security,
    web,
)
from shop.core.settings import PROJECT, Settings, load_settings
from shop.demonstration.accounts import demonstration_accounts
from shop.exhibitions.views import blueprint as gallery
from shop.exhibitions.views import open_blueprint as open_gallery
from shop.exhibitions.views import presentation_blueprint as presentation
from shop.fund.views import blueprint as fund
from shop.fund.views import open_blueprint as open_fund
from shop.media.views import blueprint as media
from shop.media.views import iiif_blueprint as iiif
from shop.office.views import blueprint as office
from shop.orders.views import blueprint as orders
from shop.pages.views import blueprint as pages
from shop.pages.views import craft_blueprint as craft
from shop.pages.views import open_blueprint as open_pages
from shop.pages.views import workshops_blueprint as workshops
from shop.returns.views import blueprint as returns
from shop.studio.access import is_member
from shop.studio.views import blueprint as studio
from shop.visits.views import blueprint as visits
from shop.visits.views import kiosk_blueprint as kiosk
from shop.visits.views import offline_blueprint as offline
from shop.visits.views import open_blueprint as visits_open
from shop.visits.views import placard_blueprint as placards

BLUEPRINTS = (
    open_pages,
    pages,
    catalogue,
    workshops,
    craft,
    gallery,
    open_gallery,
    presentation,
    media,
    visits,
    offline,
    kiosk,
    visits_open,
    placards,
    iiif,
    fund,
    open_fund,
    cart,
    checkout,
    provider_webhooks,
    orders,
    returns,
    accounts,
    studio,
    office,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises BadSettings when the environment is not fit to run in."""
    settings = settings or load_settings()
    app = _bare_app(settings)
    settings.var.mkdir(parents=True, exist_ok=True)
    logs.init_logs(app, settings.log_level)
    db.init_db(app)
    security.init_security(app, settings)
    limits.init_limits(app, settings)
    i18n.init_i18n(app)
    assets.init_assets(app, settings)
    web.init_web(app)
    compression.init_compression(app)
    jobs.init_jobs(app)
    postman.init_postman(app)
    _init_access(app, settings)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        settings=settings, current_person=current.current_person, basket_count=basket_count
    )
    app.extensions["demonstration_accounts"] = demonstration_accounts
    init_cli(app)
    return app


def _bare_app(settings: Settings) -> Flask:
    app = Flask(
        __name__,
        root_path=str(PROJECT / "shop"),
        template_folder=str(PROJECT / "templates"),
        static_folder=None,
    )
    app.config["SHOP"] = settings
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_pre_ping": True,
        # What people typed does not belong in the text of an error, which is logged.
        "hide_parameters": True,
    }
    return app


def _init_access(app: Flask, settings: Settings) -> None:
    current.login_manager.init_app(app, add_context_processor=False)
    access.init_access(
        app,
        {
            access.Audience.SIGNED_IN: current.is_signed_in,
            access.Audience.MEMBER: is_member,
            access.Audience.OFFICER: current.is_officer,
            access.Audience.DEMONSTRATION: lambda: not settings.is_production,
        },
        sign_in_endpoint="accounts.sign_in",
    )
