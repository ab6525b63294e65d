"""Control digits of Norwegian identifiers; they say how sure a finding is, never whether it counts."""


def _mod11(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def birth_number_confidence(digits: str) -> float:
    """Return how likely eleven digits are a fødselsnummer of any kind, from 0.6 to 0.99.

    Day and month may be those of D-numbers (day + 40), H-numbers (month + 40) and synthetic numbers
    (month + 65 or + 80); FH-numbers start with 8 or 9 and hold no date. The first control digit may
    leave remainder 0 to 3, as in the numbers given out from 2032.
    """
    number = [int(digit) for digit in digits]
    first = (_mod11(number[:9], (3, 7, 6, 1, 8, 9, 4, 5, 2)) + number[9]) % 11 <= 3
    second = _mod11(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) == 0
    if has_birth_date(digits):
        return 0.99 if first and second else 0.9
    return 0.6


def has_birth_date(digits: str) -> bool:
    """Return whether the first four digits can be day and month of any kind of number, or an FH-number."""
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0
    months = (month, month - 40, month - 65, month - 80)
    return digits[0] in "89" or (1 <= day <= 31 and any(1 <= plain <= 12 for plain in months))


def is_account_number(digits: str) -> bool:
    """Return whether the control digit of an eleven-digit Norwegian bank account is right."""
    return _mod11([int(digit) for digit in digits], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) == 0


def is_iban(text: str) -> bool:
    """Return whether the control digits of an IBAN are right (ISO 7064, mod 97-10)."""
    compact = "".join(text.split()).upper()
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1
