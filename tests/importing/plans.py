"""Boards' plans as documents: the four published shapes from the fixtures, and layouts of other conventions."""

import json
from pathlib import Path
from typing import Any

from actions.importing.readings import BoardWords, OwnerWords, RatingWords
from actions.importing.tables import ACROSS, DOWN, Cell, File, Row, Table
from tests.importing.drawn import Document, Drawn, Sheet

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SCALE = (
    RatingWords("red", "Red", "D4351C"),
    RatingWords("amber", "Amber", "F47738"),
    RatingWords("green", "Green", "00703C"),
    RatingWords("blue", "Blue", "1D70B8"),
)


def drawn_to_file(document: Document, kind: str = "xlsx") -> File:
    """What a reader would hand on of this document, without a real file between."""
    tables = []
    for sheet in document.sheets:
        width = max((at + _across(cell) for row in sheet.rows for at, cell in enumerate(row)), default=0)
        grid = [[Cell() for _ in range(width)] for _ in sheet.rows]
        for at, row in enumerate(sheet.rows):
            for index, drawn in enumerate(row):
                if drawn is None:
                    continue
                one = Drawn(drawn) if isinstance(drawn, str) else drawn
                text = one.text or (_shown(one) if one.day else "")
                for down in range(min(one.down, len(grid) - at)):
                    for across in range(one.across):
                        merged = ACROSS if across else DOWN if down else ""
                        grid[at + down][index + across] = Cell(text, one.bold, one.colour, one.day, merged)
        rows = tuple(Row(at + 1, tuple(cells)) for at, cells in enumerate(grid))
        tables.append(Table(sheet.name, rows, tuple(sheet.above)))
    return File(kind, tuple(tables))


def _across(cell: Drawn | str | None) -> int:
    return cell.across if isinstance(cell, Drawn) else 1


def _shown(one: Drawn) -> str:
    assert one.day is not None
    shapes = {"mmm-yy": "%b-%y", "mmmm yyyy": "%B %Y", "dd-mmm-yy": "%d-%b-%y"}
    return one.day.strftime(shapes.get(one.shown, "%d/%m/%Y"))


def fixture(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def words_of(facts: dict[str, Any]) -> BoardWords:
    """What the board of a fixture knows before the plan comes."""
    return BoardWords(
        owners=tuple(OwnerWords(one["name"], tuple(one["aliases"]), one["kind"]) for one in facts["owners"]),
        priorities=tuple((one["name"], one["code"]) for one in facts["priorities"]),
        ratings=SCALE,
        first_year=facts["plan"]["first_year"],
        year_start_month=facts["board"]["quarter_start_month"],
        bold_is_top_priority=True,
    )


def bullets(texts: list[str]) -> str:
    return "\n".join(f"• {text}" for text in texts)


def sandwell() -> Document:
    """A strand in each row, steps as bullets, repeated headings, one action over two rows, one split by a page."""
    facts = fixture("sandwell-2017-19")
    owners = {one["key"]: one["name"] for one in facts["owners"]}
    head: list[Drawn | str | None] = [
        Drawn(text, bold=True)
        for text in ("", "Strategic Priority", "Action", "How will we do this?", "Lead Agency", "Timescale")
    ]
    rows: list[list[Drawn | str | None]] = [list(head)]
    for at, one in enumerate(facts["plan"]["actions"]):
        printed, steps = one["printed"], one["steps"]
        first: list[Drawn | str | None] = [printed["No."], printed["Strategic Priority"], one["wording"]]
        lead, when = printed["Lead Agency"], printed["Timescale"]
        if steps and steps[0]["lead"]:
            merged = [Drawn(str(text), down=len(steps)) for text in first]
            for index, step in enumerate(steps):
                own = [f"• {step['text']}", owners[step["lead"]], step["timescale"]]
                rows.append([*(merged if not index else [None] * 3), *own])
        elif at == 1:
            texts = [step["text"] for step in steps]
            rows += [
                [*first, bullets(texts[:3]), lead, when],
                list(head),
                [None, None, None, bullets(texts[3:]), None, None],
            ]
        else:
            rows.append([*first, bullets([step["text"] for step in steps]), lead, when])
        if at == 8:
            rows += [[None] * 6, list(head)]
    return Document([Sheet(rows, "Table 1", ["Sandwell Child Sexual Exploitation Action Plan", "2017-2019"])])


def dudley() -> Document:
    """Numbered sections over the width with their aims, seven columns, an empty column of ratings, a cover sheet."""
    facts = fixture("dudley-2016-17")
    plan = facts["plan"]
    headings = ["", *(column["heading"] for column in plan["columns"])]
    rows: list[list[Drawn | str | None]] = [[Drawn(plan["title"], bold=True, across=8)], [None] * 8]
    for section in plan["sections"]:
        title = f"{section['number']} {section['title']}"
        rows.append([Drawn(title, bold=True, colour="D9D9D9", across=8), *[None] * 7])
        rows.append([Drawn(f"Aim: {section['aim']}", across=8), *[None] * 7])
        rows.append([Drawn(text, bold=True) for text in headings])
        for one in plan["actions"]:
            if one["section"] == section["key"]:
                measures = bullets(one["measures"]) if len(one["measures"]) > 1 else "".join(one["measures"])
                rows.append([
                    one["reference"], one["wording"], one["printed"]["Lead"], one["printed"]["Target Date"],
                    one["progress"], measures, one["outcome"], "",
                ])  # fmt: skip
    cover = [["Document control", None], ["Version", "3"], ["Next review", "May 2017"]]
    key = [[Drawn("Red", colour="FF0000"), "Not on course"], [Drawn("Green", colour="00B050"), "On course"]]
    return Document([Sheet(cover, "Cover"), Sheet(rows, "Action plan"), Sheet(key, "RAG key")])


def worcestershire() -> Document:
    """A table for each objective, its priority and title in the paragraphs above; references inside actions."""
    facts = fixture("worcestershire-2015-16")
    plan = facts["plan"]
    headings = [column["heading"] for column in plan["columns"]]
    sheets = []
    for section in plan["sections"]:
        above = [f"Key Priority {section['number']}", section["title"], f"Overarching priority: {section['aim']}"]
        above.append("Key Target Areas/Objectives")
        for objective in section["objectives"]:
            rows: list[list[Drawn | str | None]] = [[Drawn(text, bold=True) for text in headings]]
            for one in plan["actions"]:
                if one["section"] == section["key"] and one["objective"] == objective["key"]:
                    action = f"{one['reference']} {one['wording']}"
                    printed = one["printed"]
                    rows.append([
                        action, printed.get("Action Owner", ""), bullets(one["measures"]),
                        printed.get("Accountable body", ""), printed.get("Timeframe", ""),
                    ])  # fmt: skip
            title = f"{objective['number']} {objective['title']}"
            sheets.append(Sheet(rows, f"Table {len(sheets) + 1}", [*above, title]))
            above = []
    sheets[0].above = ["WSCB Action Plan for Implementation", *sheets[0].above]
    return Document(sheets)


def stockport(top: frozenset[str] = frozenset({"3", "17"})) -> Document:
    """Objectives merged down the left, no references, bold for top priorities, bullets inside the actions."""
    facts = fixture("stockport-2014-16")
    plan = facts["plan"]
    titles = {one["key"]: one["title"] for section in plan["sections"] for one in section["objectives"]}
    rows: list[list[Drawn | str | None]] = []
    head: list[Drawn | str | None] = [Drawn(column["heading"], bold=True) for column in plan["columns"]]
    for section in plan["sections"]:
        rows += [[Drawn(section["title"], bold=True, across=5), *[None] * 4], list(head)]
        own = [one for one in plan["actions"] if one["section"] == section["key"]]
        for at, one in enumerate(own):
            same = sum(other["objective"] == one["objective"] for other in own)
            begins = not at or own[at - 1]["objective"] != one["objective"]
            text = one["wording"]
            if one["steps"]:
                text += "\n" + bullets([step["text"] for step in one["steps"]])
            rows.append([
                Drawn(titles.get(one["objective"], ""), down=same) if begins else None,
                Drawn(text, bold=one["reference"] in top),
                one["printed"]["Challenge number"], one["printed"]["Lead"], one["printed"]["Timescale"],
            ])  # fmt: skip
    return Document([Sheet(rows, "Table 1", [plan["title"], "November 2014 – November 2016"])])


PUBLISHED = {
    "sandwell-2017-19": sandwell, "dudley-2016-17": dudley,
    "worcestershire-2015-16": worcestershire, "stockport-2014-16": stockport,
}  # fmt: skip
