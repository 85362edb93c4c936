"""Taking a picture that was sent: kept with its words, and scaled by the worker afterwards."""

from __future__ import annotations

from functools import partial

from shop.accounts.fields import typed
from shop.core.transaction import after_commit
from shop.exhibitions.actions.pictures import PictureWords, take_picture
from shop.exhibitions.models.artefacts import Picture
from shop.media.current import media_storage
from shop.media.jobs import make_renditions, make_tiles
from shop.media.pictures import CleanPicture
from shop.office.forms.pictures import PictureWordsForm


def sent_words(form: PictureWordsForm) -> PictureWords:
    return PictureWords(
        alt_vi=typed(form.alt_vi),
        alt_en=typed(form.alt_en),
        credit_vi=typed(form.credit_vi),
        credit_en=typed(form.credit_en),
        rights=form.rights.data,
    )


def kept_picture(file: CleanPicture, words: PictureWords, is_rendering: bool) -> Picture:
    """Within a transaction; the smaller copies are asked for once it has been committed."""
    picture, is_new = take_picture(file, words, is_rendering=is_rendering, storage=media_storage())
    if is_new:
        after_commit(partial(make_renditions, picture.image_id))
        after_commit(partial(make_tiles, picture.image_id))
    return picture
