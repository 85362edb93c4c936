"""An artefact's pictures and its 3D model: sent, described, put in order, taken off."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.core.access import Audience, audience
from shop.core.errors import Conflict, Missing
from shop.exhibitions.actions.editing import marks
from shop.exhibitions.actions.ordering import reorder
from shop.exhibitions.actions.showing import (
    Caption,
    add_picture,
    edit_picture,
    picture_values,
    set_model,
    take_model_off,
    take_picture_off,
)
from shop.exhibitions.artefact_list import artefact_by_slug
from shop.exhibitions.drafts import pictures_of
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture
from shop.media.current import media_storage
from shop.office.forms.artefacts import ArtefactPictureForm, ModelForm, PictureTextsForm
from shop.office.forms.exhibitions import EmptyForm
from shop.office.views.base import blueprint
from shop.office.views.gallery.artefacts import ARTEFACT, artefact_page
from shop.office.views.gallery.base import (
    Refusal,
    asked_order,
    attempt,
    saving_artefact,
)
from shop.office.views.gallery.pictures import kept_picture, sent_words

PICTURE = f"{ARTEFACT}/pictures/<role>"


def _back(slug: str, anchor: str = "pictures") -> ResponseReturnValue:
    return redirect(url_for("office.artefact", slug=slug, _anchor=anchor), 303)


def _picture_of(artefact: Artefact, role: str) -> ArtefactPicture:
    found = next((link for link in pictures_of(artefact) if link.role == role), None)
    if found is None:
        raise Missing
    return found


def _caption(form: ArtefactPictureForm | PictureTextsForm) -> Caption:
    return Caption(form.caption_vi.data or "", form.caption_en.data or "")


@blueprint.post(f"{ARTEFACT}/pictures")
@audience(Audience.OFFICER)
def add_artefact_picture(slug: str) -> ResponseReturnValue:
    artefact = artefact_by_slug(slug)
    form = ArtefactPictureForm(prefix="picture-")
    if not form.validate_on_submit():
        return artefact_page(artefact, picture=form), 422
    summary = gettext("Picture of “%(name)s”", name=artefact.name_vi)
    with saving_artefact(slug, summary) as found:
        picture = kept_picture(form.picture, sent_words(form), form.is_rendering.data)
        add_picture(found, picture, form.role.data, _caption(form))
    flash(gettext("The picture is in its place."))
    return _back(slug)


@blueprint.post(f"{ARTEFACT}/pictures/order")
@audience(Audience.OFFICER)
def order_artefact_pictures(slug: str) -> ResponseReturnValue:
    artefact = artefact_by_slug(slug)
    asked = asked_order()
    if not EmptyForm().validate_on_submit() or asked is None:
        return artefact_page(artefact, notice=gettext("Please try again.")), 422
    summary = gettext("Order of the pictures of “%(name)s”", name=artefact.name_vi)
    with saving_artefact(slug, summary) as found:
        links = pictures_of(found)
        reorder(links, [link.role for link in links], asked)
    return _back(slug, f"picture-{asked[0]}")


@blueprint.get(PICTURE)
@audience(Audience.OFFICER)
def artefact_picture(slug: str, role: str) -> str:
    artefact = artefact_by_slug(slug)
    return _picture_page(artefact, _picture_of(artefact, role))


def _picture_page(
    artefact: Artefact,
    link: ArtefactPicture,
    form: PictureTextsForm | None = None,
    refusal: Refusal | None = None,
    notice: str = "",
) -> str:
    values = picture_values(link)
    form = form or PictureTextsForm(formdata=None, data=values)
    form.seen.data = marks(values)
    return render_template(
        "office/gallery/picture.html",
        artefact=artefact,
        link=link,
        form=form,
        refusal=refusal,
        notice=notice,
    )


@blueprint.post(PICTURE)
@audience(Audience.OFFICER)
def save_artefact_picture(slug: str, role: str) -> ResponseReturnValue:
    artefact = artefact_by_slug(slug)
    _picture_of(artefact, role)
    form = PictureTextsForm()
    refusal = attempt(form, lambda: _save(slug, role, form))
    if refusal:
        artefact = artefact_by_slug(slug)
        page = _picture_page(artefact, _picture_of(artefact, role), form, refusal)
        return page, refusal.status
    flash(gettext("Saved."))
    return _back(slug)


def _save(slug: str, role: str, form: PictureTextsForm) -> None:
    with saving_artefact(slug, gettext("Words of a picture")) as found:
        link = _picture_of(found, role)
        edit_picture(link, sent_words(form), _caption(form), seen=typed(form.seen))


@blueprint.post(f"{PICTURE}/removal")
@audience(Audience.OFFICER)
def remove_artefact_picture(slug: str, role: str) -> ResponseReturnValue:
    artefact = artefact_by_slug(slug)
    link = _picture_of(artefact, role)
    if not EmptyForm().validate_on_submit():
        return _picture_page(artefact, link, notice=gettext("Please try again.")), 422
    summary = gettext("Picture of “%(name)s” taken off", name=artefact.name_vi)
    try:
        with saving_artefact(slug, summary) as found:
            take_picture_off(found, _picture_of(found, role))
    except Conflict as error:
        artefact = artefact_by_slug(slug)
        page = _picture_page(artefact, _picture_of(artefact, role), notice=str(error.message))
        return page, error.status
    flash(gettext("The picture is off."))
    return _back(slug)


@blueprint.post(f"{ARTEFACT}/model")
@audience(Audience.OFFICER)
def set_artefact_model(slug: str) -> ResponseReturnValue:
    artefact = artefact_by_slug(slug)
    form = ModelForm(prefix="model-")
    refusal = attempt(form, lambda: _set_model(slug, form))
    if refusal:
        return artefact_page(artefact_by_slug(slug), model=form), refusal.status
    flash(gettext("The 3D model is in its place."))
    return _back(artefact.slug, "model")


def _set_model(slug: str, form: ModelForm) -> None:
    with saving_artefact(slug, gettext("3D model")) as found:
        set_model(
            found,
            form.model,
            alt_vi=typed(form.alt_vi),
            alt_en=typed(form.alt_en),
            is_rendering=form.is_rendering.data,
            storage=media_storage(),
        )


@blueprint.post(f"{ARTEFACT}/model/removal")
@audience(Audience.OFFICER)
def remove_artefact_model(slug: str) -> ResponseReturnValue:
    artefact = artefact_by_slug(slug)
    if not EmptyForm().validate_on_submit():
        return artefact_page(artefact, notice=gettext("Please try again.")), 422
    try:
        with saving_artefact(slug, gettext("3D model taken off")) as found:
            take_model_off(found)
    except Conflict as error:
        return artefact_page(artefact_by_slug(slug), notice=str(error.message)), error.status
    flash(gettext("The 3D model is off."))
    return _back(slug, "model")
