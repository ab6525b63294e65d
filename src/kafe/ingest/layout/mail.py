"""What of a mail or letter nobody wrote as an input: its header, greeting, signature, and earlier mails that it quotes."""

import re

_KEY = re.compile(
    r"(?P<key>fra|frå|from|til|to|kopi|cc|bcc|blindkopi|sendt|sent|dato|date|emne|subject|vedlegg|attachments?|prioritet|importance|"
    r"svar til|reply-to|message-id|mime-version|content-type)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_SENDER = {"fra", "frå", "from"}
_BESIDE = {"til", "to", "sendt", "sent", "dato", "date", "emne", "subject"}
_GREETING = re.compile(
    r"(?:hei(?:sann)?|heia|hallo|halla|god (?:dag|morgen|morgon|kveld)|kjære|til (?:den|dei|de) det (?:angår|gjelder|gjeld)|dear|hi|hello)\b[^.?:]{0,40}[,!.]?",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:med\s+)?(?:(?:vennlig(?:e)?|venleg|beste|god(?:e)?|varme|hjertelig|mange|kollegial)\s+)?(?:hilsen|helsing|hilsning(?:er)?|helsingar)\b.{0,40}"
    r"|m\.?v\.?h\.?|v\.?h\.?|(?:kind|best|warm)?\s*regards|sincerely|yours (?:sincerely|truly))(?:\b.{0,30})?[,.!]?",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"-{2,}\s*(?:opprinnelig|opphavleg|videresendt|vidaresend|original|forwarded)\s*(?:melding|message)\s*-{2,}|_{10,}"
    r"|(?:den|på|on)\s.{4,80}\b(?:skrev|skreiv|wrote)\b.{0,60}:|.{3,80}<\S+@\S+>\s*(?:skrev|skreiv|wrote)\s*:",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sendt fra|sent from|få outlook|get outlook|hent outlook)\b.{0,60}", re.IGNORECASE
)
_CLOSING_WORDS, _CLOSING_LINES = 10, 12
_FORWARDED = re.compile(r"(?:vs|fw|fwd|vb)\s*:", re.IGNORECASE)
_ANSWER = re.compile(r"(?:sv|re|svar)\s*:", re.IGNORECASE)


def is_mail(text: str) -> bool:
    """Return whether a text starts with the header of a mail, or has its greeting and signature."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if not lines:
        return False
    greeted = _GREETING.fullmatch(lines[0].strip()) and lines[0].strip()[-1] in ",!"
    signed = any(_SIGN_OFF.fullmatch(line.strip()) for line in text.splitlines()[-15:])
    return _header(lines, 0) > 1 or bool(greeted and signed)


def subject_of(text: str) -> str:
    """Return the subject of the mail that a text starts with, or an empty string."""
    found = (_KEY.match(line.strip(" \t*_")) for line in text.splitlines()[:20])
    return next(
        (match["value"] for match in found if match and match["key"].lower() in ("emne", "subject")), ""
    )


def mail_parts(lines: list[str]) -> dict[int, str]:
    """Return index of line → why it is no input (a key of `ingest.skipped`), for a mail, several mails, or a letter.

    An answer's quoted mails are left out; what a forwarded mail brings along is its content and is kept. Lines are
    those of a text file, or the paragraphs of a document; one after the signature that is long is somebody's words.
    """
    found: dict[int, str] = {}
    state, subject, fresh, at = "", "", True, 0
    while at < len(lines):
        text = lines[at].strip(" \t*_")
        size = _header(lines, at)
        if size:
            named = [match for line in lines[at : at + size] if (match := _KEY.match(line.strip(" \t*_")))]
            answered = (bool(found) and bool(_ANSWER.match(subject))) or state == "quoted"
            subject = next((m["value"] for m in named if m["key"].lower() in ("emne", "subject")), "")
            if state != "quoted":
                state = "quoted" if answered else ""
            found |= {
                index: "quoted" if state else "mail_header"
                for index in range(at, at + size)
                if lines[index].strip()
            }
            fresh, at = True, at + size
            continue
        if not text:
            at += 1
            continue
        if _EARLIER.fullmatch(text):
            found[at] = "quoted"
            state = "" if _FORWARDED.match(subject) else "quoted"
        elif state == "quoted" or lines[at].lstrip().startswith(">"):
            found[at] = "quoted"
        elif fresh and _GREETING.fullmatch(text) and len(text.split()) <= 7:
            found[at] = "greeting"
        elif _SENT_FROM.fullmatch(text):
            found[at] = "signature"
        elif _SIGN_OFF.fullmatch(text) and len(text.split()) <= 7:
            found |= _signature(lines, at)
        fresh = False
        at += 1
    return found


def _header(lines: list[str], at: int) -> int:
    """Return how many lines a mail's header takes from here on, or 0: a sender with a receiver, a time or a subject."""
    keys: list[str] = []
    size = 0
    for line in lines[at : at + 20]:
        match = _KEY.match(line.strip(" \t*_"))
        if match:
            keys.append(match["key"].lower())
        elif keys and not line.strip() and _KEY.match(_next(lines, at + size)):
            pass
        elif not (keys and line[:1] in (" ", "\t") and line.strip()):
            break
        size += 1
    return (
        size
        if {*keys} & _BESIDE and ({*keys} & _SENDER or len({*keys} & _BESIDE) > 1) and at + size > at
        else 0
    )


def _next(lines: list[str], at: int) -> str:
    return next((line.strip(" \t*_") for line in lines[at:] if line.strip()), "")


def _signature(lines: list[str], at: int) -> dict[int, str]:
    """Return a sign-off with the short lines below it: name, title, address; a long line, a quote or a header ends it."""
    found = {at: "signature"}
    for index in range(at + 1, len(lines)):
        text = lines[index].strip(" \t*_")
        if not text:
            continue
        long = len(text.split()) > _CLOSING_WORDS or (text[-1] in ".!?" and len(text.split()) > 4)
        if (
            long
            or len(found) > _CLOSING_LINES
            or re.match(r"p\.?\s?s\.?\b|>|[-•*]\s", lines[index].lstrip(), re.IGNORECASE)
        ):
            break
        if _EARLIER.fullmatch(text) or _header(lines, index):
            break
        found[index] = "signature"
    return found
