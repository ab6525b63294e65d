"""Recognisers of everything that has a form: numbers, addresses, handles. Names are in `people`."""

import re
from collections.abc import Callable, Iterator

from kafe.deidentify import numbers
from kafe.deidentify.phones import phones
from kafe.deidentify.spans import FILLER, Span, veil


def _re(pattern: str, *, exact: bool = False) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE if exact else re.VERBOSE | re.IGNORECASE)


EMAIL = _re(
    r"""(?<![\w.+-]) [\w.+'-]+ (?: @ | \s?[\[(]\s?(?:at|alfa|alfakrøll|krøllalfa)\s?[\])]\s? )
    [\w-]+ (?: (?:\.|\s?[\[(]\s?(?:dot|punktum)\s?[\])]\s?) [\w-]+ )+"""
)
PROFILE_URL = _re(
    r"""(?<![\w-]) (?:https?://)? (?:[\w-]{1,63}\.){0,2}
    (?: (?:facebook|instagram|tiktok|twitter|x|github|youtube|threads|bsky|pinterest)\.(?:com|net|app)/
        (?!groups/|events/|watch|hashtag/|explore/|search|reel/|p/) (?:profile\.php\?id=|profile/|people/|in/|@|c/|user/)?
      | linkedin\.com/(?:in|pub)/ | snapchat\.com/(?:add|u)/ | (?:t|wa)\.me/ | m\.me/ )
    [\w.%-]{2,} [^\s,;)\]>«»"]*"""
)
OTHER_PROFILE_URL = _re(
    r"""https?://[^\s/]+/ [^\s,;)\]>«»"]* (?:~|/@|/(?:users?|profil|profile|people)/) [^\s,;)\]>«»"]+"""
)
HANDLE = _re(r"(?<![\w@./,-]) @ [^\W\d][\w.]* \w")
NAMED_HANDLE = _re(
    r"""\b(?:snap(?:chat|en)?|insta(?:gram)?(?:en)?|tiktok|discord|brukernavn(?:et)?|brukarnamn(?:et)?|skype)
    (?:\s(?:er|min|mi))* \s*[:=]\s* (?P<mask>[\w.@-]*\w)"""
)
ELEVEN = _re(
    r"(?<!\d) (?: \d{6}[ .–-]?\d{5} | \d{6}[ ]\d{3}[ ]\d{2} | \d{2}[ .]\d{2}[ .]\d{2}[ .–-]\d{5} | \d{6}[ ]\d{2}[ ]\d{3} ) (?!\d)"
)
ACCOUNT = _re(r"(?<![\d.]) \d{4}([ .])\d{2}\1\d{5} (?!\d)")
ACCOUNT_CUE = _re(r"(?:konto(?:nummer|nr)?|kto|bankkonto)\W{0,3}(?:er\s)?$")
BIRTH_CUE = _re(
    r"(?:fødsels?-?(?:nummer|nr)|fødselsnummeret|personnummer|personnr|fnr|pnr|d-?nummer|d-?nr)\W{0,3}(?:er\s)?$"
)
IBAN = _re(
    r"(?<!\w) (?: NO\d{2}(?:[ ]?\d){11} | [A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})? ) (?!\w)",
    exact=True,
)
MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
BIRTH_DATE = _re(
    rf"""(?: \b(?:født|fødd|fødselsdato(?:en)?|fødselsdag|fødd?t?dato|f\.?\s?dato|fdato|fnr|pnr|fødselsnr|personnr|fødselsnummer|personnummer) | (?<![\w.])f\.)
    \s*[:=]?\s* (?:(?:den|i|er|dato)\s+)?
    (?P<mask> \d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{4}} | \d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2}}
        | \d{{1,2}}\.?\s(?:{MONTH})(?:\s\d{{2,4}})? | \d{{8}} | \d{{6}} | (?:19|20)\d{{2}}(?:-\d{{2}}-\d{{2}})? ) (?!\d)"""
)
STREET = (
    "veien|veg|vegen|vei|gata|gaten|gate|gt|vn|bakken|bakkane|plassen|plass|stien|allé|alléen|alleen|svingen|ringen|terrasse|brygga|"
    "bryggen|kaien|lia|haugen|tunet|åsen|toppen|sletta|kroken|løkka|myra|myrå|torget|torvet|smauet|faret|grenda|skogen|marka|jordet|åkeren|viken|neset|flata"
)
MEASURE = r"""(?!\s?(?:ganger?|gonger|dag|time|minutt|uke|veke|måned|mnd|år|stk|person|plass|natt|nett|døgn|helg|kveld|rom\b|seng|bruker|brukar|pasient|tiltak|møte|kilometer|km\b|meter\b|m\b|prosent|%|kr\b|prikk|stemme|av\s\d|[.,:]\d|/\d))"""
NUMBER = rf"(?:nr\.?\s?)? (?!(?:19|20)\d\d\b) \d{{1,4}} (?!\d) (?:\s?[-–]\s?\d{{1,4}}\b)? (?:\s?[A-HÆØÅa-h]\b)? {MEASURE}"
POSTAL = r"(?: ,?\s (?:H\d{4},?\s)? (?:N-)?\d{4}\s[A-ZÆØÅ][\wæøå-]+ (?:\s[IVX]{1,3}\b)? )?"
ADDRESS = _re(
    rf"""(?<![\w-]) (?: (?:[A-ZÆØÅ][\w.'-]*\s){{1,3}} (?:{STREET}|Gate|Vei|Veg|Plass|Terrasse|Allé|Gata|Gaten|Veien|Vegen)
    | [A-ZÆØÅ][\w-]+(?:{STREET}) ) \.?\s {NUMBER} {POSTAL}""",
    exact=True,
)
LOWER_ADDRESS = _re(
    rf"(?<![\w-]) [a-zæøå]{{3,}}(?:veien|vegen|gata|gaten|bakken|stien|vn|gt)\.?\s {NUMBER} {POSTAL}",
    exact=True,
)
LIVES_AT = _re(
    rf"""\b(?:[Aa]dressen?(?:\ser)?\s*:? | (?:[Bb]or|[Bb]ur|[Bb]odde|[Bb]osatt|[Bb]usett|[Ff]lyttet\stil|[Ff]lytta\stil)\s(?:nå\s)?(?:i|på)?)\s*
    (?P<mask> (?!Avd|Post|Rom|Sone|Etasje|Fløy|Gruppe|Bord)[A-ZÆØÅ][\wæøå-]+ (?:\s[A-ZÆØÅ][\wæøå-]+)? \s {NUMBER} {POSTAL})""",
    exact=True,
)
NOT_STREETS = re.compile(
    r"(?:arbeids|møte|sykehjems|sykehus|behandlings|praksis|tiltaks|døgn|dag|institusjons|felles|ut|om|snar|halv|under|lang|rett|tur|gang|"
    r"sving|telle|start|stå|parkerings|leke|barnehage|skole|studie|akutt|avlastnings|plan|handlings|tjeneste|arbeidslivs|mål|ak?tivitets)"
    r"(?:plass|plassen|veien|vegen|vei|veg|stien|bakken)$",
    re.IGNORECASE,
)
PLATE = _re(
    r"(?<![\w-]) (?!KL|NS|EN|NR|HF|TV|NAV|PB|RT) [ABCDEFHJKLNPRSTUVXYZ]{2}[ -]?\d{5} (?![\w-])", exact=True
)
NAMED_PLATE = _re(
    r"""\b(?:bil(?:en)?|reg\.?\s?nr\.?|regnr|skilt(?:nummer|nr)?|bilnummer|kjennemerke|kjenneteikn|moped|motorsykkel|mc)
    (?:\s(?:med|er|nr\.?|skilt))*\s*:?\s* (?P<mask>[A-Z]{2}[ -]?\d{4,5}) \b"""
)
HEALTH_WORKER = _re(r"\bHPR(?:[ -]?(?:nr|nummer|id))?\W{0,3}(?P<mask>\d{6,9})\b")
RECORD = _re(
    r"""\b(?:journal|pasient|klient|npr)[ -]?(?:nummer|nr|id)\.?\W{0,3}(?:er\s)?(?P<mask>[A-Z]{0,3}-?\d[\d /-]{2,}\d)\b"""
)
PASSPORT = _re(r"\bpass(?:nummer|nr|\s?nr)\.?(?:et)?\W{0,3}(?:er\s)?(?P<mask>[A-Z]{0,3}\d{6,9})\b")


def _all(kind: str, pattern: re.Pattern[str], confidence: float, view: str) -> Iterator[Span]:
    for match in pattern.finditer(view):
        group = "mask" if "mask" in pattern.groupindex else 0
        yield Span(match.start(group), match.end(group), kind, "pattern", confidence)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _eleven(view: str) -> Iterator[Span]:
    for match in (*ELEVEN.finditer(view), *ACCOUNT.finditer(view)):
        digits = _digits(match[0])
        before = view[max(0, match.start() - 30) : match.start()]
        sure = numbers.birth_number_confidence(digits)
        grouped = match.re is ACCOUNT
        if ACCOUNT_CUE.search(before) or (grouped and not BIRTH_CUE.search(before) and sure < 0.99):
            yield Span(
                *match.span(), "kontonummer", "pattern", 0.95 if numbers.is_account_number(digits) else 0.8
            )
        elif sure < 0.9 and numbers.is_account_number(digits) and not BIRTH_CUE.search(before):
            yield Span(*match.span(), "kontonummer", "pattern", 0.8)
        else:
            yield Span(
                *match.span(),
                "fødselsnummer",
                "pattern",
                max(sure, 0.95) if BIRTH_CUE.search(before) else sure,
            )


def _ibans(view: str) -> Iterator[Span]:
    for match in IBAN.finditer(view):
        right = numbers.is_iban(match[0])
        if right or match[0].startswith("NO"):
            yield Span(*match.span(), "kontonummer", "pattern", 0.99 if right else 0.8)


def _addresses(view: str) -> Iterator[Span]:
    for pattern, confidence in ((ADDRESS, 0.9), (LOWER_ADDRESS, 0.8), (LIVES_AT, 0.8)):
        for span in _all("adresse", pattern, confidence, view):
            street = re.split(r"\s+\d", view[span.start : span.end], maxsplit=1)[0]
            if not NOT_STREETS.fullmatch(street.removesuffix(" nr")):
                yield span


WITH_LETTERS: tuple[Callable[[str], Iterator[Span]], ...] = (
    lambda view: _all("epost", EMAIL, 0.99, view),
    lambda view: _all("nettadresse", PROFILE_URL, 0.9, view),
    lambda view: _all("nettadresse", OTHER_PROFILE_URL, 0.8, view),
    lambda view: _all("brukernavn", NAMED_HANDLE, 0.9, view),
    lambda view: _all("brukernavn", HANDLE, 0.85, view),
)
WITH_DIGITS: tuple[Callable[[str], Iterator[Span]], ...] = (
    _ibans,
    _eleven,
    lambda view: _all("helsepersonellnummer", HEALTH_WORKER, 0.95, view),
    lambda view: _all("journalnummer", RECORD, 0.9, view),
    lambda view: _all("passnummer", PASSPORT, 0.9, view),
    lambda view: _all("fødselsdato", BIRTH_DATE, 0.9, view),
    phones,
    _addresses,
    lambda view: _all("bilnummer", NAMED_PLATE, 0.95, view),
    lambda view: _all("bilnummer", PLATE, 0.8, view),
)
"""Both in order of precedence: what one has taken, the later ones do not see."""


def structured(text: str) -> tuple[Span, ...]:
    """Return the spans of everything with a form, in order of place and without overlap."""
    view = veil(text)
    found: list[Span] = []
    for recognise in WITH_LETTERS + WITH_DIGITS if re.search(r"\d", view) else WITH_LETTERS:
        for span in sorted(recognise(view), key=lambda span: (span.start, -span.end)):
            if FILLER not in view[span.start : span.end]:
                found.append(span)
                view = veil(view, (span,))
    return tuple(sorted(found, key=lambda span: span.start))
