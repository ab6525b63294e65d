"""Where somebody lives: street and number, with postal code and place."""

import re

from kafe.deidentify.rules.form import Occurrence, regex

_STREET = (
    "veien|veg|vegen|vei|gata|gaten|gate|gt|vn|bakken|bakkane|plassen|plass|stien|allé|alléen|alleen|svingen|ringen|terrasse|brygga|"
    "bryggen|kaien|lia|haugen|tunet|åsen|toppen|sletta|kroken|løkka|myra|myrå|torget|torvet|smauet|faret|grenda|skogen|marka|jordet|åkeren|viken|neset|flata"
)
_NO_MEASURE = r"""(?!\s?(?:ganger?|gonger|dag|time|minutt|uke|veke|måned|mnd|år|stk|person|plass|natt|nett|døgn|helg|kveld|rom\b|seng|bruker|brukar|pasient|tiltak|møte|kilometer|km\b|meter\b|m\b|prosent|%|kr\b|prikk|stemme|av\s\d|[.,:]\d|/\d))"""
_NUMBER = rf"(?:nr\.?\s?)? (?!(?:19|20)\d\d\b) \d{{1,4}} (?!\d) (?:\s?[-–]\s?\d{{1,4}}\b)? (?:\s?[A-HÆØÅa-h]\b)? {_NO_MEASURE}"
_POSTAL = r"(?: ,?\s (?:H\d{4},?\s)? (?:N-)?\d{4}\s[A-ZÆØÅ][\wæøå-]+ (?:\s[IVX]{1,3}\b)? )?"
ADDRESS = regex(
    rf"""(?<![\w-]) (?: (?:[A-ZÆØÅ][\w.'-]*\s){{1,3}} (?:{_STREET}|Gate|Vei|Veg|Plass|Terrasse|Allé|Gata|Gaten|Veien|Vegen)
    | [A-ZÆØÅ][\w-]+(?:{_STREET}) ) \.?\s {_NUMBER} {_POSTAL}""",
    exact=True,
)
LOWER_ADDRESS = regex(
    rf"(?<![\w-]) [a-zæøå]{{3,}}(?:veien|vegen|gata|gaten|bakken|stien|vn|gt)\.?\s {_NUMBER} {_POSTAL}",
    exact=True,
)
LIVES_AT = regex(
    rf"""\b(?:[Aa]dressen?(?:\ser)?\s*:? | (?:[Bb]or|[Bb]ur|[Bb]odde|[Bb]osatt|[Bb]usett|[Ff]lyttet\stil|[Ff]lytta\stil)\s(?:nå\s)?(?:i|på)?)\s*
    (?P<mask> (?!Avd|Post|Rom|Sone|Etasje|Fløy|Gruppe|Bord)[A-ZÆØÅ][\wæøå-]+ (?:\s[A-ZÆØÅ][\wæøå-]+)? \s {_NUMBER} {_POSTAL})""",
    exact=True,
)
_NO_STREET = re.compile(
    r"(?:arbeids|møte|sykehjems|sykehus|behandlings|praksis|tiltaks|døgn|dag|institusjons|felles|ut|om|snar|halv|under|lang|rett|tur|gang|"
    r"sving|telle|start|stå|parkerings|leke|barnehage|skole|studie|akutt|avlastnings|plan|handlings|tjeneste|arbeidslivs|mål|ak?tivitets)"
    r"(?:plass|plassen|veien|vegen|vei|veg|stien|bakken)$",
    re.IGNORECASE,
)


def is_no_street(found: Occurrence) -> bool:
    """A place in a service or a way to go ends as streets do: *sykehjemsplass 4*, *omveien 2*."""
    street = re.split(r"\s+\d", found.text, maxsplit=1)[0]
    return _NO_STREET.fullmatch(street.removesuffix(" nr")) is not None
