"""What a column header means, in Bokmål, Nynorsk and English."""

import re

from kafe.ingest.meaning.questions import fold

TEXT, TABLE, ROUND, QUESTION = "text", "table", "round", "question"
GROUP, MUNICIPALITY, VOTES, DATE = "group", "municipality", "votes", "date"
IGNORE, META, STAMP, PERSONAL = "ignore", "meta", "stamp", "personal"
FIELDS = (TEXT, TABLE, ROUND, QUESTION, GROUP, MUNICIPALITY, VOTES, DATE, IGNORE)
"""What `[columns]` of session.toml may name; META, STAMP and PERSONAL are found, never asked for."""

_WORDS = {
    TEXT: """innspill innspel innspillet innspelet tekst kommentar kommentarer kommentarar merknad merknader
        merknadar svar fritekst fritekstsvar fritekstinnspill notat notater notatar utsagn ytring tilbakemelding
        tilbakemeldinger tilbakemeldingar forslag lapp lapptekst gullapp postit input text comment comments note
        notes answer answers response responses feedback contribution statement suggestion""",
    TABLE: "bord bordnr bordnummer bordet kafebord kafebordnr table tablenr tableno tablenumber",
    ROUND: "runde rundenr rundenummer runden round roundnr roundno roundnumber",
    QUESTION: """spørsmål spørsmålet spørsmålnr spørsmålsnr spørsmålsnummer spørsmålnummer spm spmnr sporsmal
        spørsmålstekst spurnad question questionnr questionno questionnumber questionid""",
    GROUP: """gruppe gruppa rolle interessent interessentgruppe aktør aktørgruppe målgruppe tilhørighet
        group role stakeholder stakeholdergroup""",
    MUNICIPALITY: """kommune kommunenavn kommunenamn hjemkommune heimkommune bostedskommune bustadkommune
        municipality""",
    VOTES: """stemmer stemme stemmetall stemmetal antallstemmer talstemmer røyster røystetal antallrøyster
        prikker prikkar antallprikker talprikkar poeng votes vote dots dotvotes numberofvotes""",
    DATE: "dato date møtedato dag",
    STAMP: """completiontime fullføringstidspunkt fullføringstid ferdigstillingstidspunkt fullførtidspunkt
        fullført sluttid slutttid sluttidspunkt tidspunktforfullføring levert leveringstidspunkt innsendt
        innsendttidspunkt svardato
        svartidspunkt tidspunkt tidsstempel timestamp submitted submittedat submissiondate created opprettet
        oppretta submissioncreated""",
    META: """id nr nummer løpenummer løpenr radnr rad svarid respondentid responseid submissionid
        starttime starttid starttidspunkt answertimems lastmodifiedtime sistendret språk language duration
        tidsbruk varighet totalpoints quizfeedback sessionid""",
    PERSONAL: """navn navnet namn namnet fulltnavn fornavn førenamn etternavn etternamn name fullname firstname
        lastname epost epostadresse epostadressen email emailaddress mail mailadresse telefon telefonnummer
        telefonnr tlf tlfnr mobil mobilnr mobilnummer mobiltelefon phone phonenumber mobile brukernavn
        brukarnamn username user ip ipadresse ipaddress adresse address fødselsnummer personnummer fnr
        fødselsdato kontaktinformasjon kontaktinfo kontaktperson bordvert referent ordstyrer vert host
        innsender avsender signatur respondent""",
}
_MEANING = {fold(word): kind for kind, words in _WORDS.items() for word in words.split()}
_ASKED = """navn navnet namn namnet fornavn etternavn epost epostadresse epostadressen email mailadresse telefon
    telefonnummer telefonnummeret tlf mobil mobilnummer mobilnummeret brukernavn brukarnamn ipadresse
    fødselsnummer personnummer kontaktinformasjon heter heiter"""
_PERSONAL_ASKED = frozenset(_ASKED.split())
_OTHER_NAMES = re.compile(r"\bna[vm]n(?:et)?\s+på\s+(?!deg\b|deg\s|innsender|kontaktperson)", re.IGNORECASE)


def meaning(header: str) -> str:
    """Return the field, META, STAMP or PERSONAL that a header stands for, or an empty string.

    Case, spaces and punctuation do not count; neither does what stands in parentheses or after a slash.
    Short questions that ask for a name, an address or a number of the respondent are PERSONAL.
    """
    short = re.sub(r"\(.*?\)|\[.*?\]", "", header)
    for candidate in (header, short, short.split("/")[0]):
        if found := _MEANING.get(fold(candidate)):
            return found
    words = re.findall(r"\w+", re.sub(r"(?<=\w)-(?=\w)", "", short.casefold()))
    if 1 <= len(words) <= 7 and _PERSONAL_ASKED.intersection(words) and not _OTHER_NAMES.search(header):
        return PERSONAL
    return ""
