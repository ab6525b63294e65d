"""Numbers that belong to one person: birth, account, register, record, passport, car."""

from kafe.deidentify.rules.control_digits import birth_number_confidence, is_account_number, is_iban
from kafe.deidentify.rules.form import Occurrence, regex

ELEVEN = regex(
    r"(?<!\d) (?: \d{6}[ .–-]?\d{5} | \d{6}[ ]\d{3}[ ]\d{2} | \d{2}[ .]\d{2}[ .]\d{2}[ .–-]\d{5} | \d{6}[ ]\d{2}[ ]\d{3} ) (?!\d)"
)
GROUPED_ACCOUNT = regex(r"(?<![\d.]) \d{4}([ .])\d{2}\1\d{5} (?!\d)")
ACCOUNT_CUE = regex(r"(?:konto(?:nummer|nr)?|kto|bankkonto)\W{0,3}(?:er\s)?$")
BIRTH_CUE = regex(
    r"(?:fødsels?-?(?:nummer|nr)|fødselsnummeret|personnummer|personnr|fnr|pnr|d-?nummer|d-?nr)\W{0,3}(?:er\s)?$"
)
IBAN = regex(
    r"(?<!\w) (?: NO\d{2}(?:[ ]?\d){11} | [A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})? ) (?!\w)",
    exact=True,
)
MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
BIRTH_DATE = regex(
    rf"""(?: \b(?:født|fødd|fødselsdato(?:en)?|fødselsdag|fødd?t?dato|f\.?\s?dato|fdato|fnr|pnr|fødselsnr|personnr|fødselsnummer|personnummer) | (?<![\w.])f\.)
    \s*[:=]?\s* (?:(?:den|i|er|dato)\s+)?
    (?P<mask> \d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{4}} | \d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2}}
        | \d{{1,2}}\.?\s(?:{MONTH})(?:\s\d{{2,4}})? | \d{{8}} | \d{{6}} | (?:19|20)\d{{2}}(?:-\d{{2}}-\d{{2}})? ) (?!\d)"""
)
PLATE = regex(
    r"(?<![\w-]) (?!KL|NS|EN|NR|HF|TV|NAV|PB|RT) [ABCDEFHJKLNPRSTUVXYZ]{2}[ -]?\d{5} (?![\w-])", exact=True
)
NAMED_PLATE = regex(
    r"""\b(?:bil(?:en)?|reg\.?\s?nr\.?|regnr|skilt(?:nummer|nr)?|bilnummer|kjennemerke|kjenneteikn|moped|motorsykkel|mc)
    (?:\s(?:med|er|nr\.?|skilt))*\s*:?\s* (?P<mask>[A-Z]{2}[ -]?\d{4,5}) \b"""
)
HEALTH_WORKER = regex(r"\bHPR(?:[ -]?(?:nr|nummer|id))?\W{0,3}(?P<mask>\d{6,9})\b")
RECORD = regex(
    r"""\b(?:journal|pasient|klient|npr)[ -]?(?:nummer|nr|id)\.?\W{0,3}(?:er\s)?(?P<mask>[A-Z]{0,3}-?\d[\d /-]{2,}\d)\b"""
)
PASSPORT = regex(r"\bpass(?:nummer|nr|\s?nr)\.?(?:et)?\W{0,3}(?:er\s)?(?P<mask>[A-Z]{0,3}\d{6,9})\b")


def iban_confidence(found: Occurrence) -> float:
    """Right control digits are all but certain; a Norwegian IBAN with a slip is still one, a foreign one is not."""
    if is_iban(found.text):
        return 0.99
    return 0.8 if found.text.startswith("NO") else 0.0


def account_confidence(found: Occurrence) -> float:
    """Eleven digits are an account after *konto*, or where they cannot be a birth number but have its control digit."""
    right = is_account_number(found.digits)
    if ACCOUNT_CUE.search(found.before):
        return 0.95 if right else 0.8
    birth = BIRTH_CUE.search(found.before) or birth_number_confidence(found.digits) >= 0.9
    return 0.8 if right and not birth else 0.0


def grouped_account_confidence(found: Occurrence) -> float:
    """Four, two and five digits is how accounts are written: one unless the digits are surely a birth number."""
    birth = BIRTH_CUE.search(found.before) or birth_number_confidence(found.digits) >= 0.99
    if birth and not ACCOUNT_CUE.search(found.before):
        return 0.0
    return 0.95 if is_account_number(found.digits) else 0.8


def birth_number_value(found: Occurrence) -> float:
    """Eleven digits that are no account; a word that says so before them is worth more than the control digits."""
    by_digits = birth_number_confidence(found.digits)
    return max(by_digits, 0.95) if BIRTH_CUE.search(found.before) else by_digits
