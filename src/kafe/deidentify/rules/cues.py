"""Words around a name that tell of it: titles, relatives, verbs of saying, institutions, places."""

import re

_TITLE = (
    "saksbehandler(?:en|ar|aren)?|fastlege(?:n)?|overlege(?:n)?|lege(?:n)?|doktor(?:en)?|dr\\.?|psykolog(?:en)?|psykiater(?:en)?|"
    "sykepleier(?:en)?|sjukepleiar(?:en)?|vernepleier(?:en)?|sosionom(?:en)?|miljøterapeut(?:en)?|miljøarbeider(?:en)?|"
    "kontaktperson(?:en)?|primærkontakt(?:en)?|koordinator(?:en)?|støttekontakt(?:en)?|ruskonsulent(?:en)?|"
    "erfaringskonsulent(?:en)?|likeperson(?:en)?|rådgiver(?:en)?|rådgjevar(?:en)?|avdelingsleder(?:en)?|avdelingsleiar(?:en)?|"
    "teamleder(?:en)?|teamleiar(?:en)?|enhetsleder(?:en)?|behandler(?:en)?|behandlar(?:en)?|veileder(?:en)?|rettleiar(?:en)?|"
    "politibetjent(?:en)?|lensmann(?:en)?|prest(?:en)?|diakon(?:en)?|bordvert(?:en)?|bordleder(?:en)?|referent(?:en)?|"
    "møteleder(?:en)?|møteleiar(?:en)?|advokat(?:en)?|verge(?:n)?|vaktmester(?:en)?|naboen|kollega(?:en)?|herr|fru|frøken|frk\\.?"
)
_RELATION = (
    "mor(?:a|en)?|mamma(?:en)?|far(?:en)?|pappa(?:en)?|bror(?:en)?|broder(?:en)?|søster(?:a|en)?|syster(?:a)?|sønn(?:en)?|son(?:en)?|"
    "datter(?:a|en)?|dotter(?:a)?|kone(?:n|a)?|kona|mann(?:en)?|samboer(?:en)?|sambuar(?:en)?|kjæreste(?:n)?|ektefelle(?:n)?|"
    "onkel(?:en)?|tante(?:n|a)?|bestemor(?:a|en)?|bestefar(?:en)?|mormor|farmor|morfar|farfar|niese(?:n)?|nevø(?:en)?|"
    "fetter(?:en)?|kusine(?:n|a)?|venn(?:en)?|ven(?:en)?|venninne(?:n|a)?|venninna|veninne(?:n|a)?|kamerat(?:en)?|kompis(?:en)?|gutten|guten|jenta|stesønn(?:en)?"
)
_MINE = "(?:min|mi|mitt|vår|vårt|hans|hennes|hennar|deira|sin|si|deres|din|di)"
_CONTACT = (
    r"(?:snakk(?:et|a|er|ar)?|prat(?:et|a|er|ar)?|møt(?:e|te)|samtal(?:e|er)|intervju|avtale|bor|budd|gift|sammen|saman|venn(?:er)?)\s(?:også\s|også\s)?med"
    r"|ringt?e?(?:\stil)?|ifølge|ifølgje|hilse(?:r|te)?\s(?:fra|på)|helsing(?:\sfrå)?|kjenner|besøkte|spurte|spør|traff|møtte"
)
_NAMED = (
    r"heter|heiter|hette|heitte|kalles|kalla|kalt|navn(?:et)?(?:\s(?:er|på\s\w+))?\s?:?|namn(?:et)?(?:\s(?:er|på\s\w+))?\s?:?|"
    r"(?:vennlig\s)?hilsen(?:\sfra)?\s?[,:]?|(?:venleg\s)?helsing(?:\sfrå)?\s?[,:]?|mvh\.?\s?[,:]?|hilsen:|skrevet\sav|skrive\sav|signert|hei|kjære|"
    r"(?:bordvert|bordleder|referent|vert|ordstyrer|deltaker|saksbehandler|kontakt|kontaktperson|pårørende|lege|fastlege|verge|koordinator)\s?:"
)
CUE = re.compile(
    rf"(?<![\w-])(?:(?P<title>(?:{_TITLE})(?:\s{_MINE})?,?[ \t]+)"
    rf"|(?P<relation>(?:{_RELATION})(?:\s{_MINE},?|\s(?:til|åt|hans|hennar)|\s{_MINE}\s(?:som\s)?(?:heter|heiter))?[ \t]+)"
    rf"|(?P<named>(?:{_NAMED})[ \t\n]+)"
    rf"|(?P<contact>(?:{_CONTACT})[ \t]+))(?=[^\W\d_])",
    re.IGNORECASE,
)
OWNED = re.compile(rf"{_MINE}|\btil\b|\båt\b", re.IGNORECASE)
SPEAKS = re.compile(
    r"[ \t]+(?:sa|sier|seier|sei|fortalte|forteller|fortel|fortalde|mener|meiner|meinte|mente|spurte|ringte|ringer|svarte|foreslo|ønsket|ønsker|"
    r"ble|blei|har|hadde|er|var|fikk|får|fekk|bor|bur|vil|ville|kom|kommer|kjem|trenger|treng|opplever|opplevde)\b"
)
SAYS = re.compile(
    r"[ \t]+(?:sa|sier|seier|sei|fortalte|forteller|fortel|fortalde|mener|meiner|mente|meinte|spurte|svarte|foreslo)\b"
)


PLACE_BEFORE = re.compile(r"\b(?:i|på|ved|til|rundt)[ \t]+$", re.IGNORECASE)
PLACE_AFTER = re.compile(
    r"[ \t]+(?:kommune|bydel|skole|skule|barneskole|ungdomsskole|vgs|videregående|vidaregåande|sykehjem|sjukeheim|legesenter|"
    r"legekontor|helsestasjon|kirke|kyrkje|sentrum|omsorgssenter|bofellesskap|dps|behandlingssenter|sokn|menighet|bydelshus|"
    r"aktivitetssenter|brannstasjon|politistasjon|gård|gard|park|stasjon)\b",
    re.IGNORECASE,
)
INSTITUTION_BEFORE = re.compile(r"\b(?:kafe|kafé|café|kafeen|kaféen|pub|hotell|villa)[ \t]+$", re.IGNORECASE)
CITED = re.compile(
    r"[ \t]+(?:et\.?[ \t]al\b|[A-ZÆØÅ]\.(?:[ \t]?[A-ZÆØÅ]\.){0,2}(?=[,;]|[ \t]+(?:&|og\b|[\d(«\"A-ZÆØÅ])))"
)
"""What follows an author in a list of references: `et al.` or initials."""


def cues(view: str) -> dict[int, str]:
    """Return start of a word → the kind of cue right before it: title, relation, owned, named or contact."""
    found: dict[int, str] = {}
    for match in CUE.finditer(view):
        kind = match.lastgroup or ""
        found[match.end()] = "owned" if kind == "relation" and OWNED.search(match[0]) else kind
    return found
