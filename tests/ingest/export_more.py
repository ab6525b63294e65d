"""More exports and host notes with their truth (constructed): walls with titles or frames, blocks in a sheet, mails from hosts."""

from typing import Any

from export_cases import Q1, Q2, Case, answers, csv_file, docx, note, who, xlsx
from export_words import ROLES, SHORT, notes


def more_cases() -> list[Case]:
    found: list[Case] = []

    def add(name: str, kind: str, files: dict[str, bytes], truth: list[dict[str, Any]]) -> None:
        found.append(Case(name, kind, files, truth))

    roles, areas = who(8)
    n1 = notes(2, 8)
    n2 = notes(21, 8)
    # nettskjema checkbox
    head = [
        "Svar-ID",
        "Levert dato",
        "Hvem representerer du?",
        "Kommune du bor i",
        "Hvilke tilbud bruker du? - Dagtilbud",
        "Hvilke tilbud bruker du? - Ambulant team",
        "Hva fungerer bra i dag?",
        "Andre kommentarer",
        "Samtykker du til at svarene brukes?",
    ]
    add(
        "nett-check",
        "fritekst",
        {
            "a.xlsx": xlsx(
                {
                    "data": [head]
                    + [
                        [
                            9000 + i,
                            f"2025-05-{10 + i} 10:11:12",
                            roles[i],
                            areas[i],
                            i % 2,
                            (i + 1) % 2,
                            n1[i],
                            n2[i] if i % 3 == 0 else None,
                            "Ja",
                        ]
                        for i in range(8)
                    ]
                }
            )
        },
        answers(
            roles,
            areas,
            ("Hva fungerer bra i dag?", n1),
            ("Andre kommentarer", [n2[i] if i % 3 == 0 else "" for i in range(8)]),
        ),
    )
    # forms en
    head = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Language",
        "I am a",
        "Which municipality do you live in?",
        "What matters most to you?",
        "How likely are you to recommend this service to a friend?",
        "Would you like to be contacted?",
    ]
    add(
        "forms-en",
        "fritekst",
        {
            "a.xlsx": xlsx(
                {
                    "Form1": [head]
                    + [
                        [
                            i + 1,
                            f"5/1{i}/25 9:00:00",
                            f"5/1{i}/25 9:05:00",
                            "anonymous",
                            None,
                            "English (U.S.)",
                            ["User", "Relative", "Staff"][i % 3],
                            areas[i],
                            n1[i],
                            7 + i % 4,
                            ["Yes", "No", "Maybe"][i % 3],
                        ]
                        for i in range(8)
                    ]
                }
            )
        },
        [
            note(
                n1[i],
                question="What matters most to you?",
                group=["user", "relative", "staff"][i % 3],
                municipality=areas[i],
            )
            for i in range(8)
        ],
    )
    # questback two header rows? word cloud
    add(
        "menti-wordcloud",
        "fritekst",
        {
            "m.xlsx": xlsx(
                {
                    "Word Cloud": [
                        ["Question", "Hva tenker du på?"],
                        ["Type", "Word Cloud"],
                        [],
                        ["Responses", "Count"],
                    ]
                    + [[SHORT[i], i + 1] for i in range(6)]
                }
            )
        },
        [note(SHORT[i], question="Hva tenker du på?", votes=i + 1) for i in range(6)],
    )
    # padlet subject+body
    head = ["Section", "Author", "Subject", "Body", "Attachment", "Created at", "Updated at", "Reactions"]
    tit = ["Fast kontakt", "Tidlig hjelp", "Felles plan", "Åpent hus", "Ny rutine", "Færre skjema"]
    add(
        "padlet-title",
        "kafedialog",
        {
            "p.csv": csv_file(
                [head]
                + [
                    [
                        ROLES[i % 3],
                        "Kari K",
                        tit[i],
                        n1[i],
                        "",
                        "2025-06-01T10:00:00.000Z",
                        "2025-06-01T10:00:00.000Z",
                        i,
                    ]
                    for i in range(6)
                ],
                ",",
            )
        },
        [note(tit[i] + " " + n1[i], group=ROLES[i % 3].lower(), votes=i) for i in range(6)],
    )
    # miro frames as columns
    add(
        "miro-frames",
        "kafedialog",
        {
            "miro.csv": csv_file(
                [["Bord 1", "Bord 2", "Bord 3"]] + [[n1[i], n2[i], n1[i + 4]] for i in range(4)], ","
            )
        },
        [note(n1[i], table="1") for i in range(4)]
        + [note(n2[i], table="2") for i in range(4)]
        + [note(n1[i + 4], table="3") for i in range(4)],
    )
    # blocks in a sheet
    rows = (
        [["Bord 1 – brukere"], ["Innspill", "Prikker"]]
        + [[n1[i], i] for i in range(3)]
        + [[None], ["Bord 2 – pårørende"], ["Innspill", "Prikker"]]
        + [[n1[3 + i], i] for i in range(3)]
    )
    add(
        "sheet-blocks",
        "kafedialog",
        {"b.xlsx": xlsx({"Ark1": rows})},
        [note(n1[i], table="1", group="brukere", votes=i) for i in range(3)]
        + [note(n1[3 + i], table="2", group="pårørende", votes=i) for i in range(3)],
    )
    # host variants
    t = f"**Bord 2 (pårørende)**\n\n*{Q1}*\n- {n1[0]}\n- {n1[1]} (3 prikker)\n\n**{Q2}**\n- {n1[2]}\n"
    add(
        "h-bold",
        "kafedialog",
        {"x.md": t.encode()},
        [
            note(n1[0], table="2", group="pårørende", question=Q1),
            note(n1[1], table="2", group="pårørende", question=Q1, votes=3),
            note(n1[2], table="2", group="pårørende", question=Q2),
        ],
    )
    t = f"Bord 3 - Ansatte - vert: Kari\n1) {n1[0]}\n2) {n1[1]}\n\n--- Bord 4 ---\nvert Ola\n1) {n1[2]}\n\nBORD 5: Frivillige\n- {n1[3]}\n\nBordnr. 6\nKommune: Klepp\n- {n1[4]}\n"
    add(
        "h-multi",
        "kafedialog",
        {"x.txt": t.encode()},
        [
            note(n1[0], table="3", group="ansatte"),
            note(n1[1], table="3", group="ansatte"),
            note(n1[2], table="4"),
            note(n1[3], table="5", group="frivillige"),
            note(n1[4], table="6", municipality="Klepp"),
        ],
    )
    t = f"Hei Kari,\n\nHer er notatene fra bord 6 i går:\n\n- {n1[0]}\n- {n1[1]}\n\nNotater bord 7, bordvert Ola Oppdiktet, runde 2\n- {n1[2]}\n\nMvh Ola\n"
    add(
        "h-mail",
        "kafedialog",
        {"x.txt": t.encode()},
        [note(n1[0], table="6"), note(n1[1], table="6"), note(n1[2], table="7", round="2")],
    )
    t = f"KAFEDIALOG 3. JUNI\nBord: 4\nGruppe: Pårørende\nBordvert: Kari Konstruert\n\nSpm 1: {Q1}\n{n1[0]}\n{n1[1]} ●●\n\nSpm 2: {Q2}\n{n1[2]} – 5 prikker\n\nPrikker i alt: 7\n"
    add(
        "h-form",
        "kafedialog",
        {"x.txt": t.encode()},
        [
            note(n1[0], table="4", group="pårørende", question=Q1),
            note(n1[1], table="4", group="pårørende", question=Q1, votes=2),
            note(n1[2], table="4", group="pårørende", question=Q2, votes=5),
        ],
    )
    rows = (
        [["Bord 1, pårørende", ""], ["Hva ble sagt", "Stemmer"]]
        + [[n1[i], i] for i in range(3)]
        + [["Sum", "3"]]
    )
    add(
        "h-doctable",
        "kafedialog",
        {"x.docx": docx(["# Oppsummering", rows])},
        [note(n1[i], table="1", group="pårørende", votes=i) for i in range(3)],
    )
    rows = (
        [["Bord", "Rolle", "Kommentar", "Antall"]]
        + [[f"Bord {1 + i // 3}" if i % 3 == 0 else "", ROLES[i % 2], n2[i], i + 1] for i in range(7)]
        + [["", "", "Sum", "28"]]
    )
    add(
        "xl-antall",
        "kafedialog",
        {"x.xlsx": xlsx({"Ark1": rows})},
        [note(n2[i], table=str(1 + i // 3), group=ROLES[i % 2].lower(), votes=i + 1) for i in range(7)],
    )
    head = [
        "Dato",
        "Hvor enig er du i påstanden: jeg blir hørt",
        "Hvem er du?",
        "Hvilken kommune kommer du fra?",
        "Er det noe mer du vil si?",
    ]
    add(
        "xact-text",
        "fritekst",
        {
            "s.csv": csv_file(
                [head]
                + [
                    [
                        f"0{i + 1}.06.2025 10.00",
                        ["Helt enig", "Litt enig", "Verken enig eller uenig"][i % 3],
                        roles[i],
                        areas[i],
                        n2[i],
                    ]
                    for i in range(8)
                ]
            )
        },
        answers(roles, areas, ("Er det noe mer du vil si?", n2)),
    )
    head = ["Tidsmerke", "Jeg svarer som (flere valg mulig)", "Kommune/bydel", Q1]
    add(
        "google-multi",
        "fritekst",
        {
            "s.csv": csv_file(
                [head] + [[f"2025-06-0{i + 1} 10:00:00", roles[i], areas[i], n2[i]] for i in range(8)], ","
            )
        },
        answers(roles, areas, (Q1, n2)),
    )
    return found
