"""Everything that has a form: the table of its rules, and the search through them."""

import re

from kafe.deidentify.rules import addresses, contacts, identity_numbers, phones
from kafe.deidentify.rules.form import Form, FormRule
from kafe.deidentify.spans import FILLER, Span, mask_found

FORM_RULES: tuple[FormRule, ...] = (
    FormRule("e-mail", "epost", "nothing else has an at sign between two names", (Form(contacts.EMAIL, 0.99),), digits=False),
    FormRule("profile", "nettadresse", "a page of one person on a known service", (Form(contacts.PROFILE_URL, 0.9),), digits=False),
    FormRule("other profile", "nettadresse", "a tilde, an at sign or *user* in the path", (Form(contacts.OTHER_PROFILE_URL, 0.8),), digits=False),
    FormRule("named handle", "brukernavn", "the name of the service stands before it", (Form(contacts.NAMED_HANDLE, 0.9),), digits=False),
    FormRule("handle", "brukernavn", "an at sign at the start of a word", (Form(contacts.HANDLE, 0.85),), digits=False),
    FormRule("IBAN", "kontonummer", "ISO 13616, with control digits", (Form(identity_numbers.IBAN, identity_numbers.iban_confidence),)),
    FormRule(
        "account number",
        "kontonummer",
        "eleven digits, with a word before them, grouped, or with the control digit",
        (
            Form(identity_numbers.ELEVEN, identity_numbers.account_confidence),
            Form(identity_numbers.GROUPED_ACCOUNT, identity_numbers.grouped_account_confidence),
        ),
    ),
    FormRule(
        "birth number",
        "fødselsnummer",
        "eleven digits that are no account",
        (
            Form(identity_numbers.ELEVEN, identity_numbers.birth_number_value),
            Form(identity_numbers.GROUPED_ACCOUNT, identity_numbers.birth_number_value),
        ),
    ),
    FormRule("health worker", "helsepersonellnummer", "HPR before it", (Form(identity_numbers.HEALTH_WORKER, 0.95),)),
    FormRule("record number", "journalnummer", "a word for record, patient or client before it", (Form(identity_numbers.RECORD, 0.9),)),
    FormRule("passport", "passnummer", "a word for passport before it", (Form(identity_numbers.PASSPORT, 0.9),)),
    FormRule("birth date", "fødselsdato", "a word for birth before it", (Form(identity_numbers.BIRTH_DATE, 0.9),)),
    FormRule(
        "phone",
        "telefon",
        "eight digits grouped as phones are, or a country code",
        (
            Form(phones.NORWEGIAN, phones.phone_confidence, unless=phones.is_no_phone),
            Form(phones.FOREIGN, 0.9, unless=phones.is_impossible_abroad),
        ),
    ),
    FormRule(
        "address",
        "adresse",
        "a street's ending or a word for living, and a number that measures nothing",
        (
            Form(addresses.ADDRESS, 0.9, unless=addresses.is_no_street),
            Form(addresses.LOWER_ADDRESS, 0.8, unless=addresses.is_no_street),
            Form(addresses.LIVES_AT, 0.8, unless=addresses.is_no_street),
        ),
    ),
    FormRule("named plate", "bilnummer", "a word for car or number plate before it", (Form(identity_numbers.NAMED_PLATE, 0.95),)),
    FormRule("plate", "bilnummer", "two letters that plates have, and five digits", (Form(identity_numbers.PLATE, 0.8),)),
)  # fmt: skip
"""In order of precedence: what one has taken, the later ones do not see."""


def find_forms(text: str) -> tuple[Span, ...]:
    """Return the spans of everything with a form, in order of place and without overlap."""
    view = mask_found(text)
    has_digit = re.search(r"\d", view) is not None
    found: list[Span] = []
    for rule in FORM_RULES:
        if rule.digits and not has_digit:
            continue
        for span in rule.spans(view):
            if FILLER not in view[span.start : span.end]:
                found.append(span)
                view = mask_found(view, (span,))
    return tuple(sorted(found, key=lambda span: span.start))
