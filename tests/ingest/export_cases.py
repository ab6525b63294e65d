"""Exports in the exact shape of the programs people have, and host notes as people write them, with the truth.

Every material is a constructed example. `HELD_OUT` names those that no rule was made from: they measure.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from export_words import AREAS, ROLES, SHORT, notes

FIELDS = ("group", "municipality", "table", "question", "votes", "round")
Truth = dict[str, Any]


@dataclass
class Case:
    """Files of one session, and the notes that are in them: text, and question as its wording."""

    name: str
    kind: str
    files: dict[str, bytes]
    truth: list[Truth]
    toml: str = ""
    questions: tuple[str, ...] = field(default=())


def csv_file(rows: list[list[object]], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx(sheets: dict[str, list[list[Any]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx(parts: list[Any]) -> bytes:
    """A paragraph is a text; `#` a heading, `- ` a bullet, a list of lists a table."""
    from docx import Document

    document = Document()
    for part in parts:
        if isinstance(part, str):
            if part.startswith("# "):
                document.add_heading(part[2:], 1)
            elif part.startswith("- "):
                document.add_paragraph(part[2:], style="List Bullet")
            else:
                document.add_paragraph(part)
            continue
        table = document.add_table(rows=0, cols=len(part[0]))
        for row in part:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = str(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def note(text: str, **values: Any) -> Truth:
    return {"text": text, **values}


Q1 = "Hva er viktigst for deg?"
Q2 = "Hva bør vi gjøre annerledes?"


def answers(roles: list[str], areas: list[str], *texts: tuple[str, list[str]]) -> list[Truth]:
    """The notes of a form: each text of each row, with who answered and where they live."""
    return [
        note(values[row], question=question, group=role.lower(), municipality=area)
        for row, (role, area) in enumerate(zip(roles, areas, strict=True))
        for question, values in texts
        if values[row]
    ]


def who(count: int) -> tuple[list[str], list[str]]:
    return [ROLES[at % 4] for at in range(count)], [AREAS[at % 5] for at in range(count)]


def nettskjema() -> Case:
    roles, areas = who(8)
    one, two = notes(0, 8), notes(8, 8)
    two[3] = ""
    head = [
        "$submission_id",
        "$created",
        "$answer_time_ms",
        "Hvem er du?",
        "Hvilken kommune bor du i?",
        Q1,
        "Hvor fornøyd er du med tilbudet?",
        Q2,
    ]
    rows = [
        [
            31415900 + at,
            f"2025-05-{10 + at}T09:1{at}:22.123",
            84000 + at * 977,
            roles[at],
            areas[at],
            one[at],
            1 + at % 5,
            two[at],
        ]
        for at in range(8)
    ]
    return Case(
        "nettskjema",
        "fritekst",
        {"data-214365.csv": csv_file([head, *rows])},
        answers(roles, areas, (Q1, one), (Q2, two)),
    )


def nettskjema_coded() -> Case:
    roles, areas = who(6)
    one = notes(20, 6)
    data = [["$submission_id", "$created", "rolle", "kommune", "innspill_fritekst", "tilfreds"]]
    data += [
        [
            100 + at,
            f"2025-06-0{at + 1} 10:00",
            ROLES.index(roles[at]) + 1,
            AREAS.index(areas[at]) + 1,
            one[at],
            1 + at % 4,
        ]
        for at in range(6)
    ]
    book = [
        [
            "element_no",
            "element_code",
            "element_text",
            "element_type",
            "option_order",
            "option_code",
            "option_text",
        ]
    ]
    book += [[1, "rolle", "Hvem er du?", "RADIO", at, at, text] for at, text in enumerate(ROLES, 1)]
    book += [[2, "kommune", "Hvor bor du?", "SELECT", at, at, text] for at, text in enumerate(AREAS, 1)]
    book += [[3, "innspill_fritekst", Q1, "TEXT_AREA", "", "", ""]]
    book += [
        [4, "tilfreds", "Hvor fornøyd er du?", "RADIO", at, at, text]
        for at, text in enumerate(("Svært misfornøyd", "Misfornøyd", "Fornøyd", "Svært fornøyd"), 1)
    ]
    return Case(
        "nettskjema-kodebok",
        "fritekst",
        {"svar.xlsx": xlsx({"Svar": data, "Kodebok": book})},
        answers(roles, areas, (Q1, one)),
    )


def forms_nb() -> Case:
    roles, areas = who(9)
    one, two = notes(10, 9), notes(25, 9)
    one[4] = ""
    head = [
        "ID",
        "Starttidspunkt",
        "Fullføringstidspunkt",
        "E-postadresse",
        "Navn",
        "Siste endringstidspunkt",
        "Jeg er",
        "Kommune",
        Q1,
        "Hvilke tilbud kjenner du til? (flere svar)",
        Q2,
        "På en skala fra 1 til 10, hvor trygg er du?",
    ]
    offers = ("Lavterskel;", "Lavterskel;Ambulant team;", "Ambulant team;", "Dagtilbud;Lavterskel;")
    rows = [
        [
            at + 1,
            f"5/{12 + at}/25 8:1{at}:00",
            f"5/{12 + at}/25 8:2{at}:30",
            "anonymous",
            "",
            "",
            roles[at],
            areas[at],
            one[at],
            offers[at % 4],
            two[at],
            1 + (at * 3) % 10,
        ]
        for at in range(9)
    ]
    return Case(
        "forms",
        "fritekst",
        {"Innspill (1-9).xlsx": xlsx({"Sheet1": [head, *rows]})},
        answers(roles, areas, (Q1, one), (Q2, two)),
    )


def forms_quiz() -> Case:
    roles, areas = who(6)
    one = notes(33, 6)
    head = [
        "Id",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Total points",
        "Quiz feedback",
        "Rolle",
        "Points - Rolle",
        "Feedback - Rolle",
        "Hjemkommune",
        "Points - Hjemkommune",
        "Feedback - Hjemkommune",
        Q1,
        f"Points - {Q1}",
        f"Feedback - {Q1}",
    ]
    rows = [
        [
            at + 1,
            f"2025-05-1{at} 08:10",
            f"2025-05-1{at} 08:15",
            f"p{at}@example.org",
            "Kari Konstruert",
            0,
            "",
            roles[at],
            0,
            "",
            areas[at],
            0,
            "",
            one[at],
            0,
            "",
        ]
        for at in range(6)
    ]
    return Case(
        "forms-quiz",
        "fritekst",
        {"Quiz.xlsx": xlsx({"Form1": [head, *rows]})},
        answers(roles, areas, (Q1, one)),
    )


def google_nb() -> Case:
    roles, areas = who(7)
    one, two = notes(40, 7), notes(5, 7)
    head = [
        "Tidsmerke",
        "Brukernavn",
        "Hvem svarer du som?",
        "Hvor bor du?",
        Q1,
        "Hvor enig er du? [Tilbudet er lett å finne]",
        "Hvor enig er du? [Jeg blir hørt]",
        Q2,
    ]
    scale = ("Helt uenig", "Litt uenig", "Litt enig", "Helt enig")
    rows = [
        [
            f"30.05.2025 kl. 14.0{at}.11",
            f"p{at}@example.org",
            roles[at],
            areas[at],
            one[at],
            scale[at % 4],
            scale[(at + 1) % 4],
            two[at],
        ]
        for at in range(7)
    ]
    return Case(
        "google",
        "fritekst",
        {"Skjema uten navn (svar).csv": csv_file([head, *rows], ",", "utf-8")},
        answers(roles, areas, (Q1, one), (Q2, two)),
    )


def google_en() -> Case:
    roles, areas = who(6)
    one = notes(15, 6)
    head = ["Timestamp", "Email Address", "Score", "Din rolle i dag", "Bosted", Q1, "Får vi kontakte deg?"]
    rows = [
        [
            f"2025/05/3{at % 2} 2:0{at}:11 pm GMT+2",
            f"p{at}@example.org",
            "0 / 0",
            roles[at],
            areas[at],
            one[at],
            ("Ja", "Nei")[at % 2],
        ]
        for at in range(6)
    ]
    return Case(
        "google-en",
        "fritekst",
        {"Responses.csv": csv_file([head, *rows], ",", "utf-8")},
        answers(roles, areas, (Q1, one)),
    )


def surveyxact() -> Case:
    roles, areas = who(8)
    one, two = notes(3, 8), notes(30, 8)
    data = [
        [
            "respondent",
            "organisation",
            "created",
            "modified",
            "closetime",
            "starttime",
            "email",
            "s_1",
            "s_2",
            "s_3",
            "s_4",
            "s_5_1",
            "s_5_2",
            "stato_1",
            "stato_2",
            "stato_3",
            "stato_4",
        ]
    ]
    data += [
        [
            77001 + at,
            "",
            "20-05-2025 10:00:00",
            "20-05-2025 10:09:00",
            "20-05-2025 10:09:00",
            "20-05-2025 10:01:00",
            "",
            ROLES.index(roles[at]) + 1,
            AREAS.index(areas[at]) + 1,
            one[at],
            two[at],
            at % 2,
            (at + 1) % 2,
            0,
            0,
            0,
            1,
        ]
        for at in range(8)
    ]
    structure = [
        ["questionName", "questionType", "variableName", "variableText"],
        ["Bakgrunn", "single", "s_1", "Jeg svarer som"],
        ["Bakgrunn", "single", "s_2", "Kommune"],
        ["Innspill", "open", "s_3", Q1],
        ["Innspill", "open", "s_4", Q2],
        ["Tilbud", "multiple", "s_5_1", "Jeg bruker: dagtilbud"],
        ["Tilbud", "multiple", "s_5_2", "Jeg bruker: ambulant team"],
    ]
    labels = [["variableName", "value", "label"]]
    labels += [["s_1", at, text] for at, text in enumerate(ROLES, 1)]
    labels += [["s_2", at, text] for at, text in enumerate(AREAS, 1)]
    return Case(
        "surveyxact",
        "fritekst",
        {"dataset.xlsx": xlsx({"Dataset": data, "Structure": structure, "Labels": labels})},
        answers(roles, areas, (Q1, one), (Q2, two)),
    )


def questback() -> Case:
    roles, areas = who(7)
    one, two = notes(22, 7), notes(12, 7)
    head = [
        "Respondentnr",
        "Startet",
        "Fullført",
        "Status",
        "Språk",
        "IP-adresse",
        "1. Hva er din rolle?",
        "2. Kommune",
        f"3. {Q1}",
        "4. Hvor viktig er dette for deg?",
        f"5. {Q2}",
        "6. Kjønn",
        "7. Alder",
    ]
    rows = [
        [
            at + 1,
            f"02.06.2025 09:0{at}",
            f"02.06.2025 09:1{at}",
            "Fullført",
            "Norsk",
            "192.0.2.1",
            roles[at],
            areas[at],
            one[at],
            ("Svært viktig", "Ganske viktig", "Lite viktig")[at % 3],
            two[at],
            ("Kvinne", "Mann")[at % 2],
            ("18-29", "30-49", "50-66", "67+")[at % 4],
        ]
        for at in range(7)
    ]
    return Case(
        "questback",
        "fritekst",
        {"raadata.xlsx": xlsx({"Rådata": [["Undersøkelse: Innspill"], [], head, *rows]})},
        answers(roles, areas, (Q1, one), (Q2, two)),
    )


def mentimeter() -> Case:
    one, two = notes(0, 7), notes(35, 6)
    sheets = {
        "Oversikt": [["Presentation", "Innspillsmøte"], ["Date", "2025-06-03"], ["Participants", 14]],
        "1 - Open Ended": [
            ["Question", Q1],
            ["Type", "Open Ended"],
            [],
            ["Responses", "Votes"],
            *([text, at % 3] for at, text in enumerate(one)),
        ],
        "2 - Scales": [
            ["Question", "Hvor enige er dere?"],
            ["Type", "Scales"],
            [],
            ["Statement", "1", "2", "3", "4", "5", "Average"],
            ["Lett å finne", 1, 2, 3, 4, 0, 2.9],
            ["Lett å bruke", 0, 2, 5, 4, 1, 3.3],
        ],
        "3 - Open Ended": [
            ["Question", Q2],
            ["Type", "Open Ended"],
            [],
            ["Responses", "Votes"],
            *([text, 0] for text in two),
        ],
    }
    truth = [note(text, question=Q1, votes=at % 3) for at, text in enumerate(one)]
    return Case(
        "mentimeter", "fritekst", {"menti.xlsx": xlsx(sheets)}, truth + [note(t, question=Q2) for t in two]
    )


def mentimeter_voters() -> Case:
    roles, _ = who(6)
    one = notes(17, 6)
    head = ["Session", "Date", "Voter", "Hvem er du her som?", Q1, "Hvor klar er du? (1-5)"]
    rows = [[1, "2025-06-03 10:00", f"voter-{at + 1}", roles[at], one[at], 1 + at % 5] for at in range(6)]
    return Case(
        "mentimeter-voters",
        "fritekst",
        {"voters.xlsx": xlsx({"Voters": [head, *rows]})},
        [note(text, question=Q1, group=role.lower()) for role, text in zip(roles, one, strict=True)],
    )


def padlet() -> Case:
    texts = notes(28, 8)
    head = [
        "Section",
        "Subject",
        "Body",
        "Attachment",
        "Author",
        "Created at",
        "Updated at",
        "Likes",
        "Comments",
    ]
    rows = [
        [
            (Q1, Q2)[at % 2],
            f"Bord {1 + at % 3}",
            text,
            "",
            "Kari Konstruert",
            "2025-06-01T10:00:00Z",
            "2025-06-01T10:05:00Z",
            at % 4,
            0,
        ]
        for at, text in enumerate(texts)
    ]
    truth = [
        note(text, question=(Q1, Q2)[at % 2], table=str(1 + at % 3), votes=at % 4)
        for at, text in enumerate(texts)
    ]
    return Case("padlet", "kafedialog", {"padlet.csv": csv_file([head, *rows], ",", "utf-8")}, truth)


def padlet_nb() -> Case:
    texts = notes(9, 6)
    head = ["Seksjon", "Emne", "Brødtekst", "Vedlegg", "Forfatter", "Opprettet", "Oppdatert", "Liker"]
    rows = [
        [ROLES[at % 2 * 3], "", text, "", "Ola Oppdiktet", "2025-06-01 10:00", "2025-06-01 10:05", at % 3]
        for at, text in enumerate(texts)
    ]
    truth = [note(text, group=ROLES[at % 2 * 3].lower(), votes=at % 3) for at, text in enumerate(texts)]
    return Case("padlet-nb", "kafedialog", {"vegg.xlsx": xlsx({"Padlet": [head, *rows]})}, truth)


def miro() -> Case:
    texts = [*notes(6, 6), SHORT[0], SHORT[2]]
    head = ["Type", "Content", "Frame", "Tags", "Color", "Created by", "Created at", "X", "Y", "Item ID"]
    rows: list[list[object]] = [
        [
            "sticky_note",
            text,
            f"Bord {1 + at // 4}",
            ROLES[at % 2],
            "light_yellow",
            "Kari Konstruert",
            "2025-06-01T10:00:00Z",
            120.5 + at,
            -33.25,
            f"34587645{at}",
        ]
        for at, text in enumerate(texts)
    ]
    truth = [note(text, table=str(1 + at // 4), group=ROLES[at % 2].lower()) for at, text in enumerate(texts)]
    return Case("miro", "kafedialog", {"board.csv": csv_file([head, *rows], ",", "utf-8")}, truth)


def teams_table() -> Case:
    texts = notes(19, 8)
    rows: list[list[object]] = [["Bordnr", "Hvem", "Notat", "Prikker"]]
    rows += [
        [1 + at // 3 if at % 3 == 0 else "", ROLES[at // 3] if at % 3 == 0 else "", text, at % 4 or ""]
        for at, text in enumerate(texts)
    ]
    rows += [["Sum", "", "", sum(at % 4 for at in range(8))]]
    truth = [
        note(text, table=str(1 + at // 3), group=ROLES[at // 3].lower(), votes=at % 4)
        for at, text in enumerate(texts)
    ]
    return Case("teams-table", "kafedialog", {"referat.docx": docx(["# Referat fra bordene", rows])}, truth)


def teams_two_column() -> Case:
    texts = notes(44, 7)
    rows: list[list[object]] = [[Q1, Q2]]
    rows += [["\n".join(texts[:4]), "\n".join(texts[4:])]]
    truth = [note(text, table="2", question=Q1) for text in texts[:4]]
    truth += [note(text, table="2", question=Q2) for text in texts[4:]]
    return Case("teams-two-column", "kafedialog", {"Bord 2.docx": docx(["Bord 2", rows])}, truth)


def sheet_with_sum() -> Case:
    texts = notes(1, 9)
    rows: list[list[object]] = [["Bord", "Innspill", "Stemmer"]]
    rows += [[at // 3 + 1 if at % 3 == 0 else None, text, at + 1] for at, text in enumerate(texts)]
    rows += [["Sum", None, 45], ["Totalt", "", 45], [None, "Sum", 45]]
    truth = [note(text, table=str(at // 3 + 1), votes=at + 1) for at, text in enumerate(texts)]
    return Case("sum-rows", "kafedialog", {"bord.xlsx": xlsx({"Ark1": rows})}, truth)


def mail_text() -> Case:
    one = notes(26, 3)
    text = (
        "Fra: Kari Konstruert <kari@example.org>\nSendt: tirsdag 3. juni 2025 12:04\nTil: Prosjekt <p@example.org>\n"
        "Kopi: Ola Oppdiktet\nEmne: SV: Innspill til arbeidet\n\nHei!\n\nTakk for invitasjonen.\n\n"
        + "\n\n".join(f"{sentence}." for sentence in one)
        + "\n\nMed vennlig hilsen\nKari Konstruert\nRådgiver, Eksempel kommune\nTlf. 22 00 00 00\n\n"
        "Den 1. juni 2025 skrev Prosjekt <p@example.org>:\n> Hei alle,\n> Send oss gjerne innspill.\n> Hilsen oss\n"
    )
    truth = [note("Takk for invitasjonen.", optional=True)] + [note(f"{sentence}.") for sentence in one]
    return Case("mail", "fritekst", {"mail-1.txt": text.encode()}, truth)


def mail_en() -> Case:
    one = notes(31, 3)
    text = (
        "From: Ola Oppdiktet <ola@example.org>\nDate: Tue, 3 Jun 2025 12:04:11 +0200\nTo: p@example.org\n"
        "Subject: Innspill\n\nGod dag,\n\n"
        + "\n".join(f"- {sentence}" for sentence in one)
        + "\n\nMvh\nOla Oppdiktet\nSendt fra min iPhone\n\n-----Opprinnelig melding-----\nFra: p@example.org\n"
        "Sendt: 1. juni 2025 09:00\nTil: alle\nEmne: Innspill\n\nVi vil gjerne høre hva dere mener om tilbudet.\n"
    )
    return Case("mail-en", "fritekst", {"innspill.txt": text.encode()}, [note(sentence) for sentence in one])


def mail_docx() -> Case:
    one = notes(37, 3)
    parts = [
        "Fra: Kari Konstruert",
        "Sendt: 3. juni 2025 12:04",
        "Til: Postmottak",
        "Emne: Høring",
        "Hei,",
        *(f"{sentence}." for sentence in one),
        "Vennlig hilsen",
        "Kari Konstruert",
        "leder",
    ]
    return Case(
        "mail-docx", "fritekst", {"brev.docx": docx(parts)}, [note(f"{sentence}.") for sentence in one]
    )


def hosts_heading() -> Case:
    texts = notes(14, 6)
    text = (
        "Notater bord 3, bordvert Kari Konstruert\nGruppe: Pårørende\nRunde 1: Hva er viktigst for deg?\n"
        + "\n".join(f"- {sentence}" for sentence in texts[:3])
        + "\nRunde 2 – Hva bør vi gjøre annerledes?\n"
        + "\n".join(f"* {sentence} (2 prikker)" for sentence in texts[3:])
        + "\n"
    )
    truth = [note(t, table="3", group="pårørende", round="1", question=Q1) for t in texts[:3]]
    truth += [note(t, table="3", group="pårørende", round="2", question=Q2, votes=2) for t in texts[3:]]
    return Case("host-heading", "kafedialog", {"notater.txt": text.encode()}, truth)


def hosts_markdown() -> Case:
    texts = notes(24, 6)
    text = (
        "# Bord 5 – ansatte\n\nBordvert: Ola Oppdiktet  \nReferent: Kari Konstruert\nAntall deltakere: 6\n\n"
        f"## {Q1}\n\n"
        + "\n".join(f"1. {sentence}" for sentence in texts[:3])
        + f"\n\n## {Q2}\n\n"
        + "\n".join(f"- [ ] {sentence} +++" for sentence in texts[3:])
        + "\n\nSum prikker: 9\n"
    )
    truth = [note(t, table="5", question=Q1, group="ansatt") for t in texts[:3]]
    truth += [note(t, table="5", question=Q2, votes=3, group="ansatt") for t in texts[3:]]
    return Case(
        "host-markdown", "kafedialog", {"b5.md": text.encode()}, truth, '[groups]\n"ansatte" = "ansatt"\n'
    )


def hosts_docx() -> Case:
    texts = notes(38, 6)
    parts = [
        "# Referat fra kafébord nr. 4",
        "Dato: 3. juni 2025",
        "Ordstyrer: Kari Konstruert",
        "Til stede: Ola, Kari og fire til",
        f"Spørsmål 1: {Q1}",
        *(f"- {t}" for t in texts[:3]),
        f"Spørsmål 2: {Q2}",
        *(f"- {t} – 4 stemmer" for t in texts[3:]),
        "Totalt 12 stemmer",
        "Takk for i dag!",
    ]
    truth = [note(t, table="4", question=Q1) for t in texts[:3]]
    truth += [note(t, table="4", question=Q2, votes=4) for t in texts[3:]]
    truth.append(note("Takk for i dag!", optional=True))
    return Case("host-docx", "kafedialog", {"referat.docx": docx(parts)}, truth)


def hosts_several() -> Case:
    texts = notes(2, 8)
    text = (
        "Notat frå bord 1 (vert: Kari)\n"
        + "\n".join(f"• {t}" for t in texts[:4])
        + "\n\nNotat frå bord 2 (vert: Ola)\n"
        + "\n".join(f"• {t}" for t in texts[4:])
        + "\n"
    )
    truth = [note(t, table="1") for t in texts[:4]] + [note(t, table="2") for t in texts[4:]]
    return Case("host-several", "kafedialog", {"alle.txt": text.encode()}, truth)


def hosts_plain() -> Case:
    texts = notes(46, 6)
    text = (
        "NOTATER FRA BORD 7\nVert: Kari Konstruert\nKl. 10.00–10.40\n\n"
        + "\n".join(texts[:3])
        + "\n\nKOMMUNE: Sandnes\n"
        + "\n".join(texts[3:])
        + "\n"
    )
    truth = [note(t, table="7") for t in texts[:3]]
    truth += [note(t, table="7", municipality="Sandnes") for t in texts[3:]]
    return Case("host-plain", "kafedialog", {"notat.txt": text.encode()}, truth)


def hosts_windows() -> Case:
    texts = notes(11, 6)
    text = (
        "Bordnotat – bord nr 6 – bordvert: Ola Oppdiktet\r\nHvem: frivillige\r\n\r\n"
        + "\r\n".join(f"-{t}" for t in texts[:3])
        + "\r\n\r\nRunde 2\r\n"
        + "\r\n".join(f"-{t} x2" for t in texts[3:])
        + "\r\n"
    )
    truth = [note(t, table="6", group="frivillige") for t in texts[:3]]
    truth += [note(t, table="6", group="frivillige", round="2", votes=2) for t in texts[3:]]
    return Case("host-windows", "kafedialog", {"n.txt": text.encode("cp1252")}, truth)


def hosts_table_docx() -> Case:
    texts = notes(29, 6)
    rows: list[list[object]] = [["Spørsmål", "Hva ble sagt", "Antall prikker"]]
    rows += [[(Q1, Q2)[at // 3] if at % 3 == 0 else "", text, at or ""] for at, text in enumerate(texts)]
    rows += [["Totalt", "", 15]]
    truth = [note(t, table="8", question=(Q1, Q2)[at // 3], votes=at) for at, t in enumerate(texts)]
    return Case(
        "host-table",
        "kafedialog",
        {"bordnotat.docx": docx(["Notater fra bord 8, bordvert Kari K.", rows])},
        truth,
    )


def hosts_transcript() -> Case:
    texts = notes(34, 4)
    text = (
        "Møtenotat\nTema: Innspill\nSted: Rådhuset\nTid: 3. juni 2025 kl. 10\nDeltakere: 7\n\nBord 9\n\n"
        + "\n".join(f"– {t}" for t in texts)
        + "\n\nSum: 4 innspill\n\nNotert av Kari Konstruert\n"
    )
    return Case("host-minutes", "kafedialog", {"m.txt": text.encode()}, [note(t, table="9") for t in texts])


def list_who() -> Case:
    texts = notes(43, 8)
    head = ["Nr", "Hvem", "Sted", "Innspill", "Prioritet (1-3)", "Registrert av", "Tidspunkt"]
    rows = [
        [
            at + 1,
            ROLES[at % 3],
            AREAS[at % 4] + " kommune",
            text,
            1 + at % 3,
            "KK",
            "2025-06-03 10:0" + str(at),
        ]
        for at, text in enumerate(texts)
    ]
    truth = [note(t, group=ROLES[at % 3].lower(), municipality=AREAS[at % 4]) for at, t in enumerate(texts)]
    return Case("list-who", "kafedialog", {"liste.xlsx": xlsx({"Liste": [head, *rows]})}, truth)


def coded_csv() -> Case:
    roles, areas = who(6)
    one = notes(7, 6)
    data = [["id", "q1", "q2", "q3", "q4"]]
    data += [
        [at + 1, ROLES.index(roles[at]) + 1, AREAS.index(areas[at]) + 1, one[at], 1 + at % 2]
        for at in range(6)
    ]
    book = [["Variabel", "Spørsmål", "Verdi", "Etikett"]]
    book += [["q1", "Hvilken gruppe tilhører du?", at, text] for at, text in enumerate(ROLES, 1)]
    book += [["q2", "Hvilken kommune?", at, text] for at, text in enumerate(AREAS, 1)]
    book += [["q3", Q1, "", ""], ["q4", "Har du svart før?", 1, "Ja"], ["q4", "Har du svart før?", 2, "Nei"]]
    return Case(
        "coded-csv",
        "fritekst",
        {"svar.csv": csv_file(data), "kodebok.csv": csv_file(book)},
        answers(roles, areas, (Q1, one)),
    )


BUILDERS = (
    nettskjema, nettskjema_coded, forms_nb, forms_quiz, google_nb, google_en, surveyxact, questback, mentimeter,
    mentimeter_voters, padlet, padlet_nb, miro, teams_table, teams_two_column, sheet_with_sum, mail_text, mail_en,
    mail_docx, list_who, coded_csv, hosts_heading, hosts_markdown, hosts_docx, hosts_several, hosts_plain,
    hosts_windows, hosts_table_docx, hosts_transcript,
)  # fmt: skip
HELD_OUT = frozenset(
    ("forms-quiz", "google-en", "questback", "mentimeter-voters", "padlet-nb", "teams-two-column", "mail-en",
     "mail-docx", "coded-csv", "host-docx", "host-several", "host-windows", "host-minutes", "list-who")
)  # fmt: skip


def cases() -> list[Case]:
    return [build() for build in BUILDERS]
