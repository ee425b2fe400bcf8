"""Which column of a stranger's spreadsheet is which: by its heading, by what its cells hold, and by the whole plan.

Pure. The same heading means different things in different plans ("Responsible" beside "Lead" is not "Responsible"
alone), so fields are given out together: each field once, the surest first, what is unknown kept as extra.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from rapidfuzz import fuzz

from actions.importing.tables import KEY_HEADING, Cell

EXTRA, IGNORE = "extra", "ignore"
KEY, CIRCULATION = "key", "circulation"
"""What our own exports have beside: the key of a row, and that few may read its action."""

SURE = 0.8
"""From here on a heading speaks for itself."""

# What headings say, the surest sense first; "=0.6" is how sure where it is not nearly certain.
_SAID = {
    "reference": """
        no, number, ref, reference, ref no, reference number, action no, action number, action ref, action
        reference, item, item no, item number, id, action id, #, s no, serial number, line no, row, plan
        reference, point no, task no, unique reference""",
    "strand": """
        strategic priority, strategic priorities, strand, strands, priority strand, theme, workstream, pillar, 4
        ps, 4p, the 4 ps, four ps, 4p strand, p strand, key theme, priority=0.7, priorities=0.7, work stream,
        priority area=0.9, strategic theme, key priority, key priorities, 4p theme, which p, priority theme""",
    "section": """
        section, plan section, part, chapter, domain=0.7, standard=0.6, area=0.6, area of work, heading=0.6,
        priority area=0.8""",
    "objective": """
        objective, objectives, strategic objective, aim, aims, goal, target area, key target area, aim
        objective, objective aim, what we want to achieve, desired objective, key objective, strategic aim, we
        will=0.5, priority objective, purpose=0.6, strategic goal, intended objective, aims and objectives, key
        line of enquiry=0.6, issue=0.5, area for improvement=0.6""",
    "action": """
        action, actions, actions required, action required, action to be taken, actions to be taken, task,
        tasks, what will we do, what we will do, what do we need to do,
        what must we do, what are we going to do, what we are going to do, what needs to
        be done, what needs to happen, key action, key actions, agreed action, proposed action, action point,
        action points, description=0.7, action description, activity=0.85, activities=0.8, deliverable=0.7,
        improvement action, what=0.7, planned action, commitment=0.7, pledge=0.7, we will do, action needed,
        actions needed, specific action, our action, what is to be done, intervention=0.6, actions agreed, multi
        agency action""",
    "steps": """
        how will we do this, how we will do this, how, how will we do it, how will it be done, steps, key steps,
        tasks and steps, method, how we will achieve this, how will we achieve this, sub actions, sub tasks,
        specific tasks, how will this be achieved, how this will be done, implementation, implementation steps,
        detailed actions, detail=0.6, details=0.6, milestones and steps, key tasks, actions to achieve this=0.7""",
    "lead": """
        lead, leads, lead agency, lead agencies, lead officer, lead person, lead partner, lead organisation,
        owner, action owner, owners, responsible=0.9, responsibility=0.9, person responsible, responsible
        person, responsible officer, responsible agency, by whom, who, who will do it, who will do this, agency
        lead, lead professional, responsible lead, named lead, allocated to, assigned to, assignee, lead or
        owner, lead role, who is responsible, who will lead, agency=0.75, agencies=0.7, officer=0.8, lead
        responsibility, agency responsible, task owner, delivery lead, operational lead, lead body, lead and
        partners=0.8, lead name, organisation=0.7, accountable=0.6, accountable officer=0.6, accountable
        lead=0.65, senior responsible owner=0.6, sro=0.6, strategic lead=0.75, sponsor=0.4, team=0.5, lead
        practitioner, lead post, lead manager, lead group""",
    "support": """
        support, supported by, supporting, supporting agency, supporting agencies, support agencies, partners,
        partner agencies, other agencies, supporting partners, with support from, in partnership with, key
        partners, supporting officers, contributors, others involved, contributing agencies, support from,
        partners involved, agencies involved=0.8, who else, joint agencies, partner=0.8, assisted by,
        consulted=0.5""",
    "accountable": """
        accountable, accountable body, accountable officer, accountability, accountable lead, accountable
        agency, accountable board, accountable group, accountable person, overseen by, oversight,
        governance=0.8, reports to, reporting to, monitored by=0.8, executive lead=0.8, senior responsible
        owner, sro, sponsor=0.8, responsible=0.5, responsible body=0.75, executive sponsor, strategic owner,
        strategic lead=0.6, governance group, responsible board=0.85, sub group=0.6, lead sub group=0.6,
        reporting group""",
    "timescale": """
        timescale, timescales, time scale, timeframe, time frame, target date, due date, due, by when, when,
        deadline, completion date=0.85, target completion date, date due, to be completed by, complete by, when
        by, date=0.75, end date=0.85, delivery date, date for completion, timeline, date of completion=0.7,
        planned completion, planned completion date, due by, target, review date=0.55, finish date=0.8, expected
        completion, expected date, date required, completed by=0.7, revised date=0.6, original date=0.65, agreed
        timescale, implementation date=0.8, target timescale, original due date=0.8, revised due date=0.75,
        timings, timing, by date, target end date, milestone date, agreed deadline, current due date""",
    "status": """
        status, action status, current status=0.9, completed=0.7, complete=0.7, state, done=0.7, open closed,
        progress status, stage=0.7, delivery status, action complete=0.8, completed yes no, completion status""",
    "progress": """
        progress, current position, update, updates, progress update, progress to date, latest update, position
        statement, current progress, position, latest position, quarterly update, progress report,
        commentary=0.8, progress comments, what has been done, actions taken=0.8, action taken=0.75,
        narrative=0.7, progress made, progress notes, achievements=0.7, current situation, update on progress,
        outturn=0.6, progress since last meeting, progress so far, latest progress, work done, work to date,
        review comments=0.6, comments=0.5, how are we doing, where are we now, progress and evidence=0.8,
        progress and comments, progress commentary""",
    "measure": """
        measure, measures, performance measure, performance measures, measure of success, measures of success,
        success measure, success measures, kpi, kpis, key performance indicator, success criteria, indicator,
        indicators, performance indicator, how will we know, how we will know, how will we measure success,
        performance measures and milestones, metric, metrics, output=0.7, outputs=0.7, measurement, how will we
        measure it, measurable, how will we know we have made a difference=0.8, success looks like, what does
        success look like, what will success look like, performance indicators, target measure, milestones=0.7,
        how will it be measured, monitoring=0.6, quality indicator""",
    "outcome": """
        outcome, outcomes, outcomes impact, impact, intended outcome, expected outcome, desired outcome,
        difference made, what difference will it make, what difference will this make, outcome impact, intended
        outcomes, expected outcomes, desired outcomes, intended impact, expected impact, result=0.8,
        results=0.8, benefit=0.8, benefits=0.8, so what, impact on children, outcome for children, outcomes for
        children, expected benefit, impact and outcome, anticipated outcome, difference""",
    "rating": """
        rag, rag rating, rag status, rating, brag, brag rating, b rag, rag score, colour, traffic light, current
        rag, brag status, r a g, progress rag, rag rated, blue red amber green, red amber green""",
    "evidence": """
        evidence, evidenced by, evidence of completion, supporting evidence, evidence source, assurance, source
        of evidence, sources of evidence, evidence of impact=0.85, evidence of progress=0.8, how evidenced,
        assurance evidence, evidence and assurance, where is the evidence, proof, supporting documents""",
    "recommendation": """
        recommendation, recommendations, recommendation number, rec, rec no, recs, challenge, challenge number,
        recommendation no, review recommendation, finding=0.8, findings=0.8, linked recommendation, inspection
        finding, source recommendation, recommendation ref, recommendation reference, challenge no, scr
        recommendation, audit recommendation, jtai recommendation""",
    "top_priority": """
        top priority, high priority, priority level, priority rating, urgency, importance, hml, high medium low,
        priority=0.6, priority score, priority status, urgent, is top priority, key priority action""",
    "notes": """
        notes, note, comment=0.85, comments=0.8, remarks, further information, additional information, other
        information, additional comments, other comments, general comments, observations, further comments,
        barriers=0.5, risks=0.5""",
}  # fmt: skip
FIELDS = (*_SAID, EXTRA, IGNORE, KEY)
_PHRASE = re.compile(r"(.+?)(?:=(0\.\d+))?$", re.S)
_SHORT = {
    "nos": "no", "num": "no", "refs": "ref", "resp": "responsible", "org": "organisation", "orgs": "organisation",
    "acc": "accountable", "perf": "performance", "obj": "objective", "obs": "objective", "rec": "recommendation",
    "organization": "organisation", "agcy": "agency", "tgt": "target", "compl": "completion", "strat": "strategic",
    "dept": "agency", "department": "agency", "prog": "progress", "comms": "comments", "measurement": "measure",
}  # fmt: skip
_IDLE = {
    "the",
    "a",
    "an",
    "of",
    "for",
    "to",
    "be",
    "is",
    "and",
    "or",
    "this",
    "our",
    "your",
    "cse",
    "plan",
    "lscb",
    "please",
}
_QUARTER = re.compile(r"\b(?:q(?:uarter)? ?[1-4]|[1-4](?:st|nd|rd|th) quarter)\b")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_MONTH_ALONE = re.compile(rf"{_MONTH} (?:20)?\d\d")
_DATED = re.compile(rf"\b(?:{_MONTH}|(?:19|20)\d\d|\d\d [a-z]+)\b")


def plain(heading: str) -> str:
    """A heading as it is compared: lower case, words only."""
    said = re.sub(r"[’']s?\b", "", heading.casefold())
    said = re.sub(r"[^\w#]+", " ", said.replace("&", " and ")).replace("_", " ")
    return " ".join(said.split())


def _spelled(said: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in said.split())


def _phrases() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for field, said in _SAID.items():
        for phrase in said.split(","):
            words, sure = _PHRASE.match(" ".join(phrase.split())).groups()  # type: ignore[union-attr]
            for form in {words, _spelled(words)}:
                found.setdefault(form, {})[field] = float(sure or 0.97)
    return found


_KNOWN = _phrases()


@lru_cache(maxsize=4096)
def senses(heading: str) -> tuple[tuple[str, float], ...]:
    """What a heading may mean by its words alone, the surest first: (field, how sure)."""
    said = plain(heading)
    if is_key(heading):
        return (("key", 1.0),)
    if not said or len(said) > 120:
        return ()
    if exact := _KNOWN.get(said) or _KNOWN.get(_spelled(said)):
        return _ranked(exact)
    parts = [_KNOWN.get(plain(part), {}) for part in re.split(r"/|&|\band\b", heading)]
    two_languages = "/" in heading and any(parts)  # "Arweinydd / Lead"
    if len(parts) > 1 and (all(parts) or two_languages):  # "Action / Task": either, the first more than the rest
        either: dict[str, float] = {}
        for at, part in enumerate(parts):
            either |= {field: sure * (0.9 if at else 0.95) for field, sure in part.items() if field not in either}
        return _ranked(either)
    return _ranked(_by_likeness(_spelled(said)))


def _ranked(found: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], FIELDS.index(pair[0]))))


def _by_likeness(said: str) -> dict[str, float]:
    """By misspelling, then by the known phrases inside: the longest say most, at either end more than amid."""
    found: dict[str, float] = {}
    words = [word for word in said.split() if word not in _IDLE]
    core = " ".join(words)
    for phrase, fields in _KNOWN.items():
        like = max(fuzz.ratio(said, phrase), fuzz.ratio(core, phrase)) / 100
        if like >= 0.82 and len(phrase) > 4:
            score = like * 0.95
        elif f" {phrase} " in f" {said} " and len(phrase) > 1:
            score = 0.5 + 0.4 * len(phrase) / len(said) + (0.04 if said.endswith(phrase) else 0)
            score += 0.15 if " " in phrase and said.startswith(phrase) else 0
        else:
            continue
        for field, sure in fields.items():
            found[field] = max(found.get(field, 0.0), score * sure)
    if _QUARTER.search(said) or _MONTH_ALONE.fullmatch(said) or (_DATED.search(said) and "updat" in said):
        found["progress"] = max(found.get("progress", 0.0), 0.72)
    return found


def known(heading: str) -> float:
    """How surely these words are a heading of a plan: for finding the row of headings."""
    return max((sure for _, sure in senses(heading)), default=0.0)


def is_key(heading: str) -> bool:
    """Whether the column beneath holds the keys of our own export, however its own headings made us word it."""
    return plain(heading) in {KEY_HEADING, f"{KEY_HEADING} cseplan"}


def is_known(heading: str) -> bool:
    """Whether these very words head columns: cheap, for asking it of every row."""
    return plain(heading) in _KNOWN


# What the cells hold

_REFERENCE = re.compile(r"[A-Za-z]{0,4}[ .-]?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?[.)]?|[A-Za-z]\.?")
_MONTHS = re.compile(rf"{_MONTH}[ .-]?\d", re.I)
_NUMBERS = re.compile(r"[RrCc]?\d{1,2}(?:\s*(?:,|&|and|-|–|to|;|/)\s*[RrCc]?\d{1,2})*")
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|(?:19|20)\d\d|{_MONTH}[ '’.-]*\d\d|q[1-4]\b|{_MONTH}$)|"
    r"\b(?:ongoing|on-going|tbc|immediate|quarterly|annual|monthly|within \d|end of|spring|summer|autumn|winter)",
    re.I,
)
_RAG = {"red", "amber", "green", "blue", "r", "a", "g", "b", "grey", "rag", "black", "yellow"}
_STATUS = re.compile(
    r"not (?:yet )?started|complete[d]?|in progress|on track|ongoing|on-going|open|closed|done|started|overdue|"
    r"underway|delayed|achieved|outstanding|on target|yes|no|partially complete[d]?|proposed complete|embedded",
    re.I,
)
_STRAND = re.compile(r"\b(?:prevent|protect|pursu|prosecut|prepar|disrupt)", re.I)
_LEVEL = re.compile(r"high|medium|low|h|m|l|yes|no|y|n|urgent|top|\*+", re.I)
_OWNERLIKE = re.compile(
    r"\b(?:police|council|health|ccg|icb|nhs|education|schools?|services?|lead|manager|co-?ordinator|head of|director|"
    r"officer|chair|group|sub-?group|board|panel|probation|yo[st]|l?scb|lscp|agencies|partners|barnardo|team|dci|di|"
    r"mash|trust|nspcc|social care|housing|commissioner|safeguarding|forum)\b",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[•●▪◦*\-–]|\d+[.)]|\(?[a-z][.)])\s+", re.M)


@dataclass(frozen=True, slots=True)
class Column:
    """What one column was taken for, how surely (0 to 1), and what else it could be, the likeliest first."""

    index: int
    heading: str
    field: str
    confidence: float
    alternatives: tuple[str, ...] = ()


def _share(texts: Sequence[str], fits: object) -> float:
    return sum(bool(fits(text)) for text in texts) / len(texts)  # type: ignore[operator]


def fits(cells: Sequence[Cell], owners: frozenset[str] = frozenset()) -> dict[str, float]:
    """How well the cells of a column would do as each field, 0 to 1; empty where there are no words to go by."""
    texts = [cell.text.strip() for cell in cells if cell.text.strip()][:300]
    if not texts:
        coloured = {cell.colour for cell in cells if cell.colour}
        return {"rating": 0.8} if len(coloured) > 1 else {}
    dated = sum(bool(cell.day) for cell in cells) / max(1, len(texts))
    long = min(1.0, fmean(map(len, texts)) / 60)
    short = 1 - min(1.0, fmean(map(len, texts)) / 120)
    owner = _share(texts, lambda text: text.casefold() in owners or (len(text) < 90 and _OWNERLIKE.search(text)))
    bullets = _share(texts, _BULLET.search)
    date = max(min(1.0, dated), _share(texts, lambda text: len(text) < 80 and _DATE.search(text)))
    numbers = _share(texts, _NUMBERS.fullmatch)
    unique = len(set(texts)) / len(texts)
    prose = max(0.0, long - 0.6 * date * short)
    return {
        "reference": _share(texts, lambda text: _REFERENCE.fullmatch(text) and not _MONTHS.match(text))
        * (0.4 + 0.6 * unique),
        "strand": _share(texts, lambda text: len(text) < 80 and _STRAND.search(text)),
        "section": short * (1 - unique), "objective": 0.4 * long + 0.6 * (1 - unique),
        "action": prose * (0.4 + 0.6 * unique), "steps": 0.5 * prose + 0.5 * bullets,
        "lead": owner * short, "support": owner * short, "accountable": owner * short,
        "timescale": date * short, "status": _share(texts, _STATUS.fullmatch), "progress": prose,
        "measure": 0.7 * prose + 0.3 * bullets, "outcome": prose,
        "rating": _share(texts, lambda text: text.casefold().split("/")[0].strip() in _RAG),
        "evidence": prose, "recommendation": max(numbers, 0.4 * long),
        "top_priority": _share(texts, _LEVEL.fullmatch), "notes": prose,
    }  # fmt: skip


_TELLING = {"reference", "strand", "lead", "timescale", "status", "rating", "top_priority"}
"""Fields whose cells give them away without a heading."""


def _scores(heading: str, fit: Mapping[str, float]) -> dict[str, float]:
    """How well a column does as each field: by its heading, moved by its cells; by its cells alone without one."""
    if said := dict(senses(heading)):
        if not fit:
            return said
        if len(said) > 1 and not fit.get("strand", 1):  # no cell names a strand, and the heading may mean another thing
            said["strand"] = said.get("strand", 0) / 2
        if fit.get("progress", 1) < 0.04:  # crosses, under the quarters in which something is done
            said.pop("progress", None)
        return {
            field: sure if field == "key" else sure * (0.72 + 0.28 * min(1.0, 1.4 * fit.get(field, 0.5)))
            for field, sure in said.items()
        }
    if plain(heading):  # words that mean nothing to us: the cells may hint, and a person says
        return {field: 0.45 * fit[field] for field in _TELLING if fit.get(field, 0) > 0.8}
    found = {field: 0.75 * fit.get(field, 0) for field in _TELLING if fit.get(field, 0) > 0.3}
    return found | {field: 0.6 * fit.get(field, 0) for field in ("action", "steps") if fit.get(field, 0) > 0.3}


def decide(
    headings: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    *,
    owners: frozenset[str] = frozenset(),
    remembered: Mapping[str, str] | None = None,
    chosen: Mapping[int, str] | None = None,
) -> tuple[Column, ...]:
    """A field for each column. What a person has `chosen` stands; what the board has `remembered` comes next."""
    told = {name: IGNORE if field == CIRCULATION else field for name, field in (remembered or {}).items()}
    told = {name: field for name, field in told.items() if field in FIELDS}
    by_name = {plain(name): field for name, field in told.items()} | told  # as it is written, before as it sounds
    picked = {index: field for index, field in (chosen or {}).items() if field in FIELDS}
    for index, heading in enumerate(headings):
        field = by_name.get(heading) or by_name.get(plain(heading))
        if field and index not in picked and (field in {EXTRA, IGNORE} or field not in picked.values()):
            picked[index] = field
    held = [fits(column, owners) for column in cells]
    scores = [_scores(heading, fit) for heading, fit in zip(headings, held, strict=True)]
    free = [index for index in range(len(headings)) if index not in picked]
    given = _assign({index: scores[index] for index in free}, set(picked.values()))
    _prefer_the_latest(given, free, headings, cells)
    _demand_an_action(given, picked, free, headings, cells)
    columns = []
    for index, heading in enumerate(headings):
        others = tuple(field for field, sure in _ranked(scores[index]) if sure >= 0.3)
        if index in picked:
            field, sure = picked[index], 1.0
        elif index in given:
            field, sure = given[index]
        else:
            field, sure = EXTRA, round(1 - max(scores[index].values(), default=0.5), 2)
        columns.append(Column(index, heading, field, round(sure, 2), tuple(f for f in others if f != field)[:4]))
    return tuple(columns)


def _assign(scores: Mapping[int, Mapping[str, float]], taken: set[str]) -> dict[int, tuple[str, float]]:
    """Each field to one column, so that all are served best: the surest first, then any two that gain by a change."""
    offers = sorted(
        ((sure, -index, field) for index, fields in scores.items() for field, sure in fields.items() if sure >= 0.3),
        reverse=True,
    )
    given: dict[int, str] = {}
    used = set(taken)
    for _, minus, field in offers:
        if -minus not in given and field not in used:
            given[-minus] = field
            used.add(field)
    better = True
    while better:
        better = _improve(given, scores, used)
    return {index: (field, scores[index][field]) for index, field in given.items()}


def _improve(given: dict[int, str], scores: Mapping[int, Mapping[str, float]], used: set[str]) -> bool:
    """One column gives its field to another that has none, and takes its own second sense."""
    for poor in sorted(set(scores) - set(given)):
        for rich, field in list(given.items()):
            for second, sure in scores[rich].items():
                gain = scores[poor].get(field, 0) + sure - scores[rich][field]
                if second not in used and scores[poor].get(field, 0) >= 0.3 and sure >= 0.3 and gain > 0.01:
                    given[poor], given[rich] = field, second
                    used.add(second)
                    return True
    return False


_UPDATE = ("progress", 0.0)


def _prefer_the_latest(
    given: dict[int, tuple[str, float]], free: Sequence[int], headings: Sequence[str], cells: Sequence[Sequence[Cell]]
) -> None:
    """Of a column of updates for each quarter, the last that has any words is the progress; the rest are kept."""
    dated = [at for at in free if _QUARTER.search(plain(headings[at])) or _DATED.search(plain(headings[at]))]
    dated = [
        at for at in dated if "progress" in dict(senses(headings[at])) and given.get(at, ("progress",))[0] == "progress"
    ]
    held = [at for at in dated if given.get(at)]
    filled = [at for at in dated if any(cell.text.strip() for cell in cells[at])]
    if held and filled and filled[-1] != held[0]:
        given[filled[-1]] = given.pop(held[0])


def _demand_an_action(
    given: dict[int, tuple[str, float]],
    picked: Mapping[int, str],
    free: Sequence[int],
    headings: Sequence[str],
    cells: Sequence[Sequence[Cell]],
) -> None:
    """A plan without a column of actions is none: the longest words nobody is sure of are taken, and asked about."""
    if "action" in picked.values() or any(field == "action" for field, _ in given.values()):
        return
    sure_of = {index for index, (field, sure) in given.items() if sure >= SURE and field not in {"steps", "objective"}}
    lengths = {
        index: sum(len(cell.text) for cell in cells[index])
        for index in free
        if index not in sure_of and any(cell.text.strip() for cell in cells[index])
    }
    words = {index: size for index, size in lengths.items() if index not in given or given[index][0] != "objective"}
    if pool := words or lengths:
        best = max(pool, key=lambda index: (pool[index], -index))
        given[best] = ("action", 0.5 if plain(headings[best]) else 0.4)
