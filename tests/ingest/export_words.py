"""Constructed notes and answers (konstruert eksempel): nobody said them, and no person in them exists."""

NOTES = (
    "Det tar for lang tid før noen svarer når vi ringer",
    "Bolig først",
    "Ingen vet hvem som har ansvaret etter utskrivning",
    "Vi må få én fast kontaktperson, ikke fem forskjellige",
    "E he aldri fått vite ka som står i planen",
    "Ja, men bare hvis brukeren selv vil",
    "Pårørende blir ikke hørt før det er krise",
    "Felles møter hver måned, med referat",
    "3 av 5 rundt bordet mener at terskelen er for høy",
    "Korleis skal vi nå dei som ikkje svarer på brev?",
    "Legevakta er stengt når det trengs mest",
    "Mer kunnskap om rus hos dem som svarer på telefonen",
    "Ingen fast lege",
    "Trygghet er å vite at noen kommer",
    "Ambulant team også i helgene",
    "Taushetsplikten blir brukt som unnskyldning; den må forklares bedre",
    "Det fungerer godt når samme person følger saken",
    "Aktivitet på dagtid, gjerne arbeid",
    "Vet ikke",
    "Kriseplanen må ligge der alle som trenger den, kan lese den",
    "Ein stad å gå når alt er stengt",
    "Reisevegen er for lang for mange i utkanten",
    "Kommunen og sykehuset skylder på hverandre",
    "Noen må ta sjefsrollen i saken",
    "For mange skjema",
    "Å bli møtt med respekt, hver gang",
    "Økonomi: gjeld gjør alt annet vanskeligere",
    "Vi trenger opplæring sammen, på tvers av tjenestene",
    "De yngste faller mellom to stoler",
    "Ringe tilbake samme dag",
    "Naboer som bryr seg",
    "Språk er et hinder, bruk tolk oftere",
    "Det var bedre i 2019, da vi hadde eget team",
    "Nei til flere prosjekter, ja til faste stillinger",
    "Etter ettervern kommer ingenting",
    "Barna må bli sett tidlig",
    "Å kunne komme innom uten time",
    "Skriv planen sammen med den det gjelder",
    "Politiet kjører folk som egentlig trenger helsehjelp",
    "Sum av små ting gjør at folk gir opp",
    "Fra første dag må noen holde i trådene",
    "Til dømes kunne fastlegen vere med på video",
    "God dag er når jeg får sove",
    "Emnet blir tatt opp hver gang uten at noe skjer",
    "Tilbud som varer lenger enn tolv uker",
    "Erfaringskonsulenter i alle team",
    "Vi får ikke vite når noen blir skrevet ut",
    "Matlaging og fellesskap",
    "Det bør være lov å ombestemme seg",
    "Den som flytter, må begynne på nytt overalt",
)
SHORT = ("Bolig", "Tid", "Tillit", "Økonomi", "Samarbeid", "Håp", "Arbeid", "Trygghet")
AREAS = ("Stavanger", "Sandnes", "Hå", "Time", "Klepp", "Strand")
ROLES = ("Bruker", "Pårørende", "Ansatt i kommunen", "Frivillig")


def notes(start: int, count: int) -> list[str]:
    """Return so many different notes, from a place in the list on."""
    return [NOTES[(start + at) % len(NOTES)] for at in range(count)]
