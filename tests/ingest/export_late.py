"""A third lot of exports and host notes with their truth (constructed): groups by other names, questions that are declared."""

from typing import Any

from export_cases import Q1, Q2, Case, csv_file, docx, note, who, xlsx
from export_words import notes


def late_cases() -> list[Case]:
    found: list[Case] = []

    def add(
        name: str, kind: str, files: dict[str, bytes], truth: list[dict[str, Any]], toml: str = ""
    ) -> None:
        found.append(Case(name, kind, files, truth, toml))

    roles, areas = who(12)
    n1 = notes(4, 12)
    n2 = notes(27, 12)
    # short answers, blanks, hvem er du with odd groups
    R = ["NAV", "Barnevern", "Skole", "DPS"]
    head = [
        "Tidsmerke",
        "Jeg er",
        "Hvor jobber du?",
        Q1,
        "Hvor ofte møtes dere?",
        "Vurder samarbeidet (1 = dårlig, 5 = bra)",
        "Noe mer?",
    ]
    n3 = [n2[i] if i % 3 == 0 else ["", "Nei", "Nei", "Ingenting"][i % 4] for i in range(12)]
    add(
        "odd-groups",
        "fritekst",
        {
            "s.csv": csv_file(
                [head]
                + [
                    [
                        f"01/06/2025 10:{10 + i}:00",
                        R[i % 4],
                        areas[i] + " kommune",
                        n1[i],
                        ["Ukentlig", "Månedlig", "Sjeldnere"][i % 3],
                        1 + i % 5,
                        n3[i],
                    ]
                    for i in range(12)
                ],
                ",",
            )
        },
        [
            t
            for i in range(12)
            for t in (
                [note(n1[i], question=Q1, group=R[i % 4].lower(), municipality=areas[i])]
                + (
                    [note(n3[i], question="Noe mer?", group=R[i % 4].lower(), municipality=areas[i])]
                    if n3[i]
                    else []
                )
            )
        ],
    )
    # three questions with the real question ids, Hvem
    T = '[questions]\nhvem = "Hvem kan avgjøre det?"\nhva = "Hva skal skje?"\n'
    head = ["Hvem", "Hva skal skje?", "Hvem kan avgjøre det?", "Kommune"]
    add(
        "hvem-q",
        "fritekst",
        {"s.csv": csv_file([head] + [[roles[i], n1[i], n2[i], areas[i]] for i in range(8)])},
        [
            t
            for i in range(8)
            for t in (
                note(n1[i], question="Hva skal skje?", group=roles[i].lower(), municipality=areas[i]),
                note(n2[i], question="Hvem kan avgjøre det?", group=roles[i].lower(), municipality=areas[i]),
            )
        ],
        T,
    )
    # list with time, seat, host, likes
    head = ["Tid", "Bord", "Runde", "Bordvert", "Spørsmål", "Notat", "Antall stemmer", "Kategori"]
    add(
        "list-full",
        "kafedialog",
        {
            "s.xlsx": xlsx(
                {
                    "Notater": [head]
                    + [
                        [
                            f"10:0{i % 10}",
                            1 + i // 4,
                            1 + i % 2,
                            "Kari K",
                            f"Spørsmål {1 + i % 2}",
                            n1[i],
                            i,
                            ["Bolig", "Helse", "Arbeid"][i % 3],
                        ]
                        for i in range(12)
                    ]
                    + [[None, None, None, None, None, "Sum stemmer", 66, None]]
                }
            )
        },
        [
            note(
                n1[i],
                table=str(1 + i // 4),
                round=str(1 + i % 2),
                question=["Hvem kan avgjøre det?", "Hva skal skje?"][i % 2],
                votes=i,
            )
            for i in range(12)
        ],
        T,
    )
    # hosts: indented, arrows, sub bullets with names
    t = f"BORD 1\n======\nSpørsmål 1\n * {n1[0]}\n * {n1[1]}\n     - {n1[2]}\nSpørsmål 2:\n * {n1[3]} (1 prikk)\n\nBORD 2\n======\nSpørsmål 1\n * {n1[4]}\n"
    add(
        "h-rules",
        "kafedialog",
        {"x.txt": t.encode()},
        [
            note(n1[0], table="1", question="Hvem kan avgjøre det?"),
            note(f"{n1[1]} - {n1[2]}", table="1", question="Hvem kan avgjøre det?"),
            note(n1[3], table="1", question="Hva skal skje?", votes=1),
            note(n1[4], table="2", question="Hvem kan avgjøre det?"),
        ],
        T,
    )
    t = f"Fra: vert@example.org\nTil: prosjekt@example.org\nSendt: 4. juni 2025\nEmne: Notater bord 8\n\nHei!\nHer kommer notatene.\n\nSpørsmål 1:\n- {n1[0]}\n- {n1[1]}\n\nHilsen Kari\n"
    add(
        "h-mailhead",
        "kafedialog",
        {"x.txt": t.encode()},
        [
            note("Her kommer notatene.", optional=True),
            note(n1[0], question="Hvem kan avgjøre det?", table="8"),
            note(n1[1], question="Hvem kan avgjøre det?", table="8"),
        ],
        T,
    )
    parts = [
        "# Bord 3",
        "Vert: Kari",
        "Deltakere: Ola, Per, Anne",
        "# Runde 1: Hvem kan avgjøre det?",
        f"- {n1[0]}",
        f"- {n1[1]} xx",
        "# Runde 2: Hva skal skje?",
        f"- {n1[2]}",
        "Oppsummert av Kari K",
        "Sum prikker runde 2: 4",
    ]
    add(
        "h-docx2",
        "kafedialog",
        {"x.docx": docx(parts)},
        [
            note(n1[0], table="3", round="1", question="Hvem kan avgjøre det?"),
            note(n1[1] + " xx", table="3", round="1", question="Hvem kan avgjøre det?"),
            note(n1[2], table="3", round="2", question="Hva skal skje?"),
        ],
        T,
    )
    rows = [
        ["Spørsmål", "Bord 1", "Bord 2"],
        ["Hva skal skje?", n1[0] + "\n" + n1[1], n1[2]],
        ["Hvem kan avgjøre det?", n1[3], n1[4]],
    ]
    add(
        "doc-matrix",
        "kafedialog",
        {"x.docx": docx([rows])},
        [
            note(n1[0], table="1", question="Hva skal skje?"),
            note(n1[1], table="1", question="Hva skal skje?"),
            note(n1[2], table="2", question="Hva skal skje?"),
            note(n1[3], table="1", question="Hvem kan avgjøre det?"),
            note(n1[4], table="2", question="Hvem kan avgjøre det?"),
        ],
        T,
    )
    # menti simple csv
    add(
        "menti-csv",
        "fritekst",
        {
            "m.csv": csv_file(
                [["Question", "Response", "Respondent", "Timestamp"]]
                + [[Q1 if i < 6 else Q2, n1[i], f"Respondent {i}", "2025-06-03 10:00"] for i in range(12)],
                ",",
            )
        },
        [note(n1[i], question=Q1 if i < 6 else Q2) for i in range(12)],
    )
    # questback code variables with question row second
    head = [
        "Respondent",
        "Samlet status",
        "Rolle",
        "Kommune",
        "1 - Hva er viktigst?",
        "1b - Begrunn svaret",
        "2 - Alt i alt, hvor fornøyd er du?",
        "Fritekst - Annet, spesifiser",
    ]
    add(
        "xact2",
        "fritekst",
        {
            "s.csv": csv_file(
                [head]
                + [
                    [
                        1000 + i,
                        "Gjennomført",
                        roles[i],
                        areas[i],
                        n1[i],
                        n2[i],
                        ["Meget fornøyd", "Fornøyd", "Misfornøyd"][i % 3],
                        "" if i % 4 else n2[(i + 5) % 12],
                    ]
                    for i in range(12)
                ]
            )
        },
        [
            t
            for i in range(12)
            for t in (
                [
                    note(n1[i], question="Hva er viktigst?", group=roles[i].lower(), municipality=areas[i]),
                    note(
                        n2[i], question="1b - Begrunn svaret", group=roles[i].lower(), municipality=areas[i]
                    ),
                ]
                + (
                    []
                    if i % 4
                    else [
                        note(
                            n2[(i + 5) % 12],
                            question="Fritekst - Annet, spesifiser",
                            group=roles[i].lower(),
                            municipality=areas[i],
                        )
                    ]
                )
            )
        ],
    )
    return found
