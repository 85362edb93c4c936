"""Speak the gallery's audio guide with espeak-ng: `python -m demo.gallery_audio`.

Reads the transcripts (`audio_vi`, `audio_en`) of rooms and exhibits in `demo/gallery/*.toml` and
writes, for each, `demo/gallery/audio/<exhibition>/<slug>.<language>.mp3` with its cues beside it in
a `.toml`: when each sentence begins and ends. Needs espeak-ng and ffmpeg with libmp3lame. A text
that has not changed since it was last spoken is left alone; recordings without a text are removed.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import io
import json
import re
import subprocess
import sys
import tomllib
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GALLERY = Path(__file__).resolve().parent / "gallery"
AUDIO = GALLERY / "audio"
NOT_EXHIBITIONS = {"artefacts.toml", "places.toml"}
RATE = 22_050
# Words a minute: espeak counts an English word as several syllables, a Vietnamese one as one.
VOICES = {"vi": ("vi", 150), "en": ("en-gb", 132)}
PITCH = 42
LEAD_MS, PAUSE_MS, TAIL_MS = 150, 420, 300
LOUDNESS = "highpass=f=70,loudnorm=I=-18:TP=-2:LRA=7"
ENCODING = ("-ar", "16000", "-ac", "1", "-c:a", "libmp3lame", "-abr", "1", "-b:a", "9k")
RECIPE = "1"
MOST_BYTES, MOST_IN_ALL = 150_000, 3_000_000
SENTENCE = re.compile(r"(?<=[.!?…])([”’\")]*)\s+(?=[^a-zà-ỹđ])")
FRENCH = "flambé"
FOREIGN = re.compile(
    rf"\b(?!{FRENCH})[^\W\d_]*[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ][^\W\d_]*"
)


@dataclass(frozen=True)
class Talk:
    """One text to be spoken."""

    exhibition: str
    slug: str
    language: str
    text: str

    @property
    def path(self) -> Path:
        return AUDIO / self.exhibition / f"{self.slug}.{self.language}.mp3"

    @property
    def digest(self) -> str:
        """Of all that the recording depends on."""
        made_of = (self.text, RECIPE, VOICES[self.language], PITCH, PAUSE_MS, LOUDNESS, ENCODING)
        return hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Cue:
    """A sentence and when it is heard, in milliseconds from the beginning."""

    start_ms: int
    end_ms: int
    text: str


def talks() -> Iterator[Talk]:
    """Every transcript of every exhibition, rooms before their exhibits."""
    for path in sorted(GALLERY.glob("*.toml")):
        if path.name in NOT_EXHIBITIONS:
            continue
        told = tomllib.loads(path.read_text("utf-8"))
        for room in told.get("room", []):
            spoken = [(room["slug"], room)]
            spoken += [(each["artefact"], each) for each in room.get("exhibit", [])]
            for slug, table in spoken:
                for language in VOICES:
                    text = " ".join(table.get(f"audio_{language}", "").split())
                    if text:
                        yield Talk(told["slug"], slug, language, text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in its own words; joined by spaces they are the text again."""
    return SENTENCE.sub(r"\1\n", text).split("\n")


def speak(sentence: str, language: str) -> array[int]:
    """One sentence as samples at RATE, without the silence round it."""
    voice, pace = VOICES[language]
    command = ["espeak-ng", "-v", voice, "-s", str(pace), "-p", str(PITCH), "-m", "--stdout"]
    said = subprocess.run(
        command, input=_marked(sentence, language).encode(), capture_output=True, check=True
    )
    with wave.open(io.BytesIO(_whole(said.stdout))) as sound:
        if sound.getframerate() != RATE or sound.getnchannels() != 1:
            raise ValueError(f"espeak-ng speaks at {sound.getframerate()} Hz, not {RATE}")
        samples = array("h", sound.readframes(sound.getnframes()))
    return _trimmed(samples)


def _marked(sentence: str, language: str) -> str:
    """The sentence as SSML; in English, Vietnamese words keep their own sounds."""
    plain = html.escape(sentence, quote=False)
    if language == "en":
        plain = FOREIGN.sub(r'<voice xml:lang="vi">\g<0></voice>', plain)
        plain = re.sub(r"</voice>(\s+)<voice[^>]*>", r"\1", plain)
    return f"<speak>{plain}</speak>"


def _whole(data: bytes) -> bytes:
    """A wave file written to a pipe, its lengths put right."""
    size = len(data)
    return (
        data[:4]
        + (size - 8).to_bytes(4, "little")
        + data[8:40]
        + (size - 44).to_bytes(4, "little")
        + data[44:]
    )


def _trimmed(samples: array[int], floor: int = 180) -> array[int]:
    loud = [k for k in range(0, len(samples), 32) if abs(samples[k]) > floor]
    if not loud:
        raise ValueError("nothing was said")
    margin = RATE // 50
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def recorded(talk: Talk) -> tuple[array[int], list[Cue]]:
    """The whole talk as samples, and its cues."""
    sound, cues = _silence(LEAD_MS), []
    said = sentences(talk.text)
    for number, sentence in enumerate(said):
        start = len(sound)
        sound += speak(sentence, talk.language)
        cues.append(Cue(_ms(start), _ms(len(sound)), sentence))
        sound += _silence(TAIL_MS if number == len(said) - 1 else PAUSE_MS)
    return sound, cues


def _silence(milliseconds: int) -> array[int]:
    return array("h", bytes(2 * (RATE * milliseconds // 1000)))


def _ms(samples: int) -> int:
    return round(1000 * samples / RATE)


def encode(sound: array[int], path: Path) -> None:
    """Write the samples as MP3, of even loudness and without tags, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1"]
    command += ["-i", "-", "-af", LOUDNESS, *ENCODING, "-map_metadata", "-1"]
    command += ["-id3v2_version", "0", "-fflags", "+bitexact", "-f", "mp3", str(draft)]
    subprocess.run(command, input=sound.tobytes(), check=True)
    draft.replace(path)


def note(talk: Talk, cues: list[Cue], length: int) -> str:
    """What stands beside a recording, as TOML."""
    lines = [
        f"# Spoken by espeak-ng, voice {VOICES[talk.language][0]}. Made by demo/gallery_audio.py.",
        "synthetic = true",
        f'digest = "{talk.digest}"',
        f"duration_ms = {_ms(length)}",
    ]
    for cue in cues:
        text = json.dumps(cue.text, ensure_ascii=False)
        lines += ["", "[[cue]]", f"start_ms = {cue.start_ms}", f"end_ms = {cue.end_ms}"]
        lines += [f"text = {text}"]
    return "\n".join(lines) + "\n"


def is_current(talk: Talk) -> bool:
    """Whether this very text has been spoken already."""
    beside = talk.path.with_suffix(".toml")
    if not (talk.path.is_file() and beside.is_file()):
        return False
    return tomllib.loads(beside.read_text("utf-8")).get("digest") == talk.digest


def make(talk: Talk) -> int:
    """Record one talk; returns its bytes."""
    sound, cues = recorded(talk)
    encode(sound, talk.path)
    talk.path.with_suffix(".toml").write_text(note(talk, cues, len(sound)), "utf-8")
    return talk.path.stat().st_size


def clear_out(wanted: list[Talk]) -> None:
    """Remove recordings whose text is gone."""
    kept = {path for talk in wanted for path in (talk.path, talk.path.with_suffix(".toml"))}
    for path in sorted(AUDIO.glob("*/*")):
        if path not in kept:
            path.unlink()
            print(f"removed {path.relative_to(AUDIO)}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.gallery_audio", description=__doc__)
    parser.add_argument("slugs", nargs="*", help="rooms or exhibits; none means all")
    parser.add_argument("--check", action="store_true", help="only say what is not spoken yet")
    chosen = parser.parse_args()
    wanted = list(talks())
    here = [talk for talk in wanted if not chosen.slugs or talk.slug in chosen.slugs]
    stale = [talk for talk in here if not is_current(talk)]
    if chosen.check:
        print("\n".join(str(talk.path.relative_to(AUDIO)) for talk in stale) or "all spoken")
        return 1 if stale else 0
    for number, talk in enumerate(stale, 1):
        size = make(talk)
        print(f"[{number}/{len(stale)}] {talk.path.relative_to(AUDIO)}: {size} bytes", flush=True)
    if not chosen.slugs:
        clear_out(wanted)
    return within_budget(sorted(AUDIO.glob("*/*.mp3")))


def within_budget(recordings: list[Path]) -> int:
    """Say what there is; 1 where a recording, or all of them, are too large."""
    sizes = {path: path.stat().st_size for path in recordings}
    total = sum(sizes.values())
    print(f"{len(sizes)} recordings, {total} bytes")
    over = [path for path, size in sizes.items() if size > MOST_BYTES]
    for path in over:
        print(f"too large: {path.relative_to(AUDIO)}, {sizes[path]} bytes", file=sys.stderr)
    if total > MOST_IN_ALL:
        print(f"{total - MOST_IN_ALL} bytes too many", file=sys.stderr)
    return 1 if over or total > MOST_IN_ALL else 0


if __name__ == "__main__":
    sys.exit(main())
