"""What can be wrong with a recording someone sends, in words for who sent it."""

from __future__ import annotations

from flask_babel import lazy_gettext

from shop.core.errors import Invalid


class NotARecording(Invalid):
    message = lazy_gettext("This is no recording we can play. MP3, M4A (AAC) and Ogg Opus are.")


class NotASignVideo(NotARecording):
    message = lazy_gettext("This is no video we can play. MP4 (H.264) and WebM are.")


class EmptyRecording(NotARecording):
    message = lazy_gettext("This file is empty.")


class DamagedRecording(NotARecording):
    message = lazy_gettext("This recording is damaged, or was not sent to its end.")


class UnknownPacking(NotARecording):
    """`name` is a container or codec as MediaInfo names it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            lazy_gettext(
                "This recording is packed as “%(name)s”, which not every telephone can play."
                " Save sound as MP3, M4A or Ogg Opus, and video as MP4 (H.264) or WebM.",
                name=name,
            )
        )


class ProtectedRecording(NotARecording):
    message = lazy_gettext(
        "This recording is locked against copying (DRM), so nobody could play it."
    )


class SoundIsMissing(NotARecording):
    message = lazy_gettext("There is no sound in this file.")


class PictureInSound(NotARecording):
    message = lazy_gettext("This is a video. Send its sound alone, as MP3, M4A or Ogg Opus.")


class PictureIsMissing(NotASignVideo):
    message = lazy_gettext("There is no moving picture in this file, so no signs can be seen.")


class LengthUnknown(NotARecording):
    message = lazy_gettext(
        "This recording does not say how long it is. Open it in the program it was made with and"
        " save it anew."
    )


class TooLong(NotARecording):
    message = lazy_gettext("This recording is longer than 15 minutes. Cut it into shorter ones.")


class TooLargeSound(NotARecording):
    message = lazy_gettext("This recording is larger than 12 MB. Save it with fewer bits a second.")


class TooLargeVideo(NotARecording):
    message = lazy_gettext(
        "This video is larger than 60 MB. Save it smaller, 720 lines are enough."
    )
