"""What a column header means, in Bokmål, Nynorsk and English."""

import re

from kafe.ingest.meaning.questions import fold

TEXT, TABLE, ROUND, QUESTION = "text", "table", "round", "question"
GROUP, MUNICIPALITY, VOTES, DATE = "group", "municipality", "votes", "date"
IGNORE, META, STAMP, PERSONAL = "ignore", "meta", "stamp", "personal"
CLOSED, TITLE, SECTION = "closed", "title", "section"
FIELDS = (TEXT, TABLE, ROUND, QUESTION, GROUP, MUNICIPALITY, VOTES, DATE, IGNORE)
"""What `[columns]` of session.toml may name; what else is found is never asked for.

META is about the registration, PERSONAL about the person, CLOSED an answer that is chosen and not written; a TITLE
stands over the text, and a SECTION is where it hung: its values say what it is."""

_WORDS = {
    TEXT: """innspill innspel innspillet innspelet tekst kommentar kommentarer kommentarar merknad merknader
        merknadar svar fritekst fritekstsvar fritekstinnspill notat notater notatar utsagn ytring tilbakemelding
        tilbakemeldinger tilbakemeldingar forslag lapp lapptekst gullapp postit input text comment comments note
        notes answer answers response responses feedback contribution statement suggestion
        body brødtekst innhold content stickynote stickytext notattekst hvablesagt kvablesagt innspilltekst""",
    TABLE: "bord bordnr bordnummer bordet kafebord kafebordnr table tablenr tableno tablenumber",
    ROUND: "runde rundenr rundenummer runden round roundnr roundno roundnumber",
    QUESTION: """spørsmål spørsmålet spørsmålnr spørsmålsnr spørsmålsnummer spørsmålnummer spm spmnr sporsmal
        spørsmålstekst spurnad question questionnr questionno questionnumber questionid""",
    GROUP: """gruppe gruppa rolle interessent interessentgruppe aktør aktørgruppe målgruppe tilhørighet
        group role stakeholder stakeholdergroup hvem kven dinrolle rollendin tilknytning tilknyting respondentgruppe
        deltakergruppe brukergruppe hvemerdu kvenerdu jeger eger jegsvarersom whoareyou iam yourrole""",
    MUNICIPALITY: """kommune kommunenavn kommunenamn hjemkommune heimkommune bostedskommune bustadkommune
        bokommune municipality""",
    VOTES: """stemmer stemme stemmetall stemmetal antallstemmer talstemmer røyster røystetal antallrøyster
        prikker prikkar antallprikker talprikkar poeng votes vote dots dotvotes numberofvotes antall tal count
        liker likes antallliker likerklikk upvotes thumbsup tommelopp reaksjoner reactions""",
    DATE: "dato date møtedato dag",
    STAMP: """completiontime fullføringstidspunkt fullføringstid ferdigstillingstidspunkt fullførtidspunkt
        fullført sluttid slutttid sluttidspunkt tidspunktforfullføring levert leveringstidspunkt innsendt
        innsendttidspunkt svardato
        svartidspunkt tidspunkt tidsstempel timestamp submitted submittedat submissiondate created opprettet
        oppretta submissioncreated tidsmerke closetime createdat closed""",
    META: """id nr nummer løpenummer løpenr radnr rad svarid respondentid responseid submissionid
        starttime starttid starttidspunkt answertimems lastmodifiedtime sistendret språk language duration
        tidsbruk varighet totalpoints quizfeedback sessionid startet påbegynt updatedat updated oppdatert oppdatertdato
        modified endret sistoppdatert status samletstatus type vedlegg attachment attachmenturl color farge x y itemid
        url lenke link referansenummer referanse referansenr organisation organisasjonsid collector
        collectorid kilde source score poengsum totalepoeng tilbakemeldingfortest voter voterid device enhet width height
        latitude longitude antallkommentarer respondentnr respondentnummer widgetid boardid answered""",
    TITLE: "subject emne tittel title overskrift heading",
    SECTION: "section seksjon frame ramme framename kolonne column tags tag merkelapp merkelapper etikett liste list label",
    PERSONAL: """navn navnet namn namnet fulltnavn fornavn førenamn etternavn etternamn name fullname firstname
        lastname epost epostadresse epostadressen email emailaddress mail mailadresse telefon telefonnummer
        telefonnr tlf tlfnr mobil mobilnr mobilnummer mobiltelefon phone phonenumber mobile brukernavn
        brukarnamn username user ip ipadresse ipaddress adresse address fødselsnummer personnummer fnr
        fødselsdato kontaktinformasjon kontaktinfo kontaktperson bordvert referent ordstyrer vert host
        innsender avsender signatur respondent
        author forfatter createdby opprettetav registrertav sendtav skrevetav notertav lagetav updatedby modifiedby
        deltaker participant voternavn skriver""",
}
_MEANING = {fold(word): kind for kind, words in _WORDS.items() for word in words.split()}
_ASKED = """navn navnet namn namnet fornavn etternavn epost epostadresse epostadressen email mailadresse telefon
    telefonnummer telefonnummeret tlf mobil mobilnummer mobilnummeret brukernavn brukarnamn ipadresse
    fødselsnummer personnummer kontaktinformasjon heter heiter"""
_PERSONAL_ASKED = frozenset(_ASKED.split())
_GROUP_ASKED = re.compile(
    r"\b(?:hvem|kven) (?:er|svarer|svarar|representerer|representerar|snakker|kommer) (?:du|dere|dokker|de)\b|^(?:jeg|eg|vi) (?:er|svarer|svarar|"
    r"representerer|deltar|deltok|kommer)\b(?: som| fra)?|\b(?:din|deres|hvilken|hva slags|kva) (?:rolle|tilknytning|gruppe|stilling|funksjon|bakgrunn)\b|"
    r"\brollen? (?:din|deres|i)|\bhva er din rolle|\b(?:gruppe|målgruppe|organisasjon|tjeneste|virksomhet)\w* (?:tilhører|representerer|kommer)|"
    r"\btilhører du\b|\bhva representerer|\bi hvilken (?:egenskap|rolle)|\bsvarer (?:du|dere) som|\btilknytning\b|"
    r"\bwho are you|\bi am (?:a|an)?\b|\byour role\b|\bwhich group\b",
    re.IGNORECASE,
)
_PLACE_ASKED = re.compile(
    r"\b(?:hvilken|kva|hvilke|din|deres) (?:\w+)?kommune\b|\bkommunen? (?:din|deres|du|dere)|\b(?:hvor|kor|kvar) (?:bor|bur|jobber|arbeider|holder) "
    r"(?:du|dere)|\bbosted\b|\bbustad\b|\bsted\b|\bstad\b|^fra$|\bwhich municipality|\bwhere do you live",
    re.IGNORECASE,
)
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
    if found := _MEANING.get(fold(re.sub(r"^\s*(?:[a-zA-Z]?\d{1,2}[.):]|[qs]_?\d{1,2}[.: ])\s*", "", short))):
        return found
    words = re.findall(r"\w+", re.sub(r"(?<=\w)-(?=\w)", "", short.casefold()))
    if 1 <= len(words) <= 7 and _PERSONAL_ASKED.intersection(words) and not _OTHER_NAMES.search(header):
        return PERSONAL
    return ""


def asked(header: str) -> str:
    """Return GROUP or MUNICIPALITY where a header asks the respondent for it in a few words, or nothing.

    A wording is no more than a hint: the values must be those of a group or a place.
    """
    if len(header.split()) > 14:
        return ""
    if _PLACE_ASKED.search(header):
        return MUNICIPALITY
    return GROUP if _GROUP_ASKED.search(header) else ""
