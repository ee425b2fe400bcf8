"""The holes: each an exact replacement in one file of the product, and the tests that must find it."""

from typing import NamedTuple


class Hole(NamedTuple):
    """`before` stands once in `file`; with `after` in its place one of `tests` (modules or single tests) must fail."""

    what: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    postgresql: bool = False  # where SQLite, with one writer at a time, would not show it


STANDING, RIGHTS, AUDIT = "boards/permissions.py", "actions/permissions.py", "boards/audit.py"
OF_BOARDS, OF_ACTIONS = "tests/boards/test_permissions.py", "tests/actions/test_permissions.py"
VIEWS, UPDATES = "tests/actions/test_action_view.py", "tests/actions/test_update_verbs.py"
TRAIL = "tests/boards/test_audit.py"
ROLES, PEOPLE = "boards/changes/people.py", "tests/boards/test_people_verbs.py"
PEOPLE_PAGES = "tests/boards/test_people_view.py"
IMPORTS = "tests/actions/test_import_view.py"

HOLES = (
    Hole("A deactivated account keeps its rights", STANDING, " or not user.is_active:", ":", (OF_BOARDS,)),
    Hole(
        "The end date of a role on a board is not looked at",
        STANDING,
        "BoardRole.objects.filter(held_on(on), **held)",
        "BoardRole.objects.filter(**held)",
        (OF_BOARDS,),
    ),
    Hole(
        "A seat that has ended still gives rights",
        STANDING,
        "SeatRole.objects.filter(held_on(on), on_object, **held)",
        "SeatRole.objects.filter(held_on(on), **held)",
        (OF_BOARDS,),
    ),
    Hole(
        "Everybody is told whom nobody may tell: deactivated people are among the recipients",
        STANDING,
        "        is_active=True,\n    )",
        "    )",
        (OF_BOARDS,),
    ),
    Hole(
        "Recipients keep the role that has ended",
        STANDING,
        "BoardRole.objects.filter(held, content_object=board,",
        "BoardRole.objects.filter(content_object=board,",
        (OF_BOARDS,),
    ),
    Hole(
        "A member keeps the plan",
        STANDING,
        '"coordinator")\n"""Who keeps',
        '"coordinator", "member")\n"""Who keeps',
        (OF_ACTIONS,),
    ),
    Hole(
        "A member sees drafts and limited circulation",
        STANDING,
        '(*KEEPERS, "scrutineer")',
        '(*KEEPERS, "scrutineer", "member")',
        (OF_ACTIONS,),
    ),
    Hole(
        "The roles of a person are kept beyond the request",
        "boards/accounts/middleware.py",
        "        ask_once(request.user)\n",
        "        request.user.standings = self.__dict__.setdefault(request.user.pk, {})\n",
        (OF_BOARDS,),
    ),
    Hole("Limited circulation is not looked at", RIGHTS, "Q(limited=False)\n", "Q()\n", (OF_ACTIONS,)),
    Hole(
        "Any chair sees what is limited",
        RIGHTS,
        '| Q(overseeing__in=person.sub_groups(("chair",)))',
        '| Q(board__in=person.read if person.sub_groups(("chair",)) else [])',
        (OF_ACTIONS,),
    ),
    Hole(
        "A secretary sees what is limited as the chair does",
        RIGHTS,
        '| Q(overseeing__in=person.sub_groups(("chair",)))',
        '| Q(overseeing__in=person.sub_groups(("chair", "secretary")))',
        (OF_ACTIONS,),
    ),
    Hole(
        "Draft plans are for everybody",
        RIGHTS,
        "agreed = Q(state__in=(Plan.State.AGREED, Plan.State.CLOSED))",
        "agreed = Q(state__in=Plan.State.values)",
        (OF_ACTIONS,),
    ),
    Hole(
        "Closed and historic plans are updated",
        RIGHTS,
        'readable(user, on).filter(in_use("plan__"), board__in=standing(user, on).kept)',
        "readable(user, on).filter(board__in=standing(user, on).kept)",
        (OF_ACTIONS,),
    ),
    Hole(
        "Whoever reads enters updates",
        RIGHTS,
        "board__in=standing(user, on).kept)",
        "board__in=standing(user, on).read)",
        (OF_ACTIONS,),
    ),
    Hole(
        "A contributor sends updates in",
        RIGHTS,
        'return answerable(user, on, roles=("contact",))',
        "return answerable(user, on)",
        (OF_ACTIONS,),
    ),
    Hole(
        "Any seat of the board answers for an action",
        RIGHTS,
        "Q(seat__in=seats) | Q(sub_group__in=groups))\n    joined",
        "Q(board__in=person.read))\n    joined",
        (OF_ACTIONS,),
    ),
    Hole(
        "An owner whose part has ended still answers",
        RIGHTS,
        "asked = OwnerRole.objects.standing(on).filter(action=action, role__in=ANSWERING)",
        "asked = OwnerRole.objects.filter(action=action, role__in=ANSWERING)",
        (OF_ACTIONS,),
    ),
    Hole(
        "Everybody on the board is told of what is limited",
        RIGHTS,
        "    if not action.limited:\n        return candidates\n",
        "    return candidates\n",
        (OF_ACTIONS,),
    ),
    Hole(
        "Quarterly updates on their way are read by all",
        RIGHTS,
        "Q(board__in=standing(user, on).fully_seen) | Q(owner__in=answering_owners(user, on)),",
        "Q(board__in=standing(user, on).read),",
        ("tests/actions/test_submission_view.py",),
    ),
    Hole(
        "Limited circulation is counted in the report",
        "reports/lines.py",
        "plan__in=plans, limited=False",
        "plan__in=plans",
        ("tests/reports/test_figures.py",),
    ),
    Hole(
        "The page of an action needs no sign-in",
        "actions/views/action.py",
        "@signed_in\n@require_safe\ndef action(",
        "@require_safe\ndef action(",
        (VIEWS,),
    ),
    Hole(
        "The action at an address is not asked for its plan",
        "actions/views/action.py",
        "pk=action, plan__slug=plan, plan__board__slug=board)",
        "pk=action, plan__board__slug=board)",
        (VIEWS,),
    ),
    Hole(
        "What one may not read is refused, and so known to exist",
        "actions/views/overdue.py",
        "    board = get_object_or_404(readable_boards(request.user, on), slug=board)\n",
        "    board = readable_boards(request.user, on).filter(slug=board).first()\n    if board is None:\n"
        "        from django.core.exceptions import PermissionDenied\n\n        raise PermissionDenied\n",
        ("tests/actions/test_overdue_view.py",),
    ),
    Hole(
        "Whoever reads an action adds notes to it",
        "actions/views/action.py",
        "    if not rights.updates:\n        raise PermissionDenied\n",
        "",
        (VIEWS,),
    ),
    Hole(
        "Internal notes are shown to all",
        "actions/history.py",
        "found if internal else found.filter(internal=False)",
        "found",
        (VIEWS,),
    ),
    Hole(
        "Whoever reads an update on its way accepts it",
        "actions/views/submission.py",
        '    if request.method == "POST" and not may_review:\n        raise PermissionDenied\n',
        "",
        ("tests/actions/test_submission_view.py",),
    ),
    Hole(
        "A change does not wait for its turn",
        AUDIT,
        "ChainHead.objects.select_for_update().get_or_create",
        "ChainHead.objects.get_or_create",
        (f"{TRAIL}::test_eight_writers_on_one_board_take_turns_and_lose_nothing",),
        postgresql=True,
    ),
    Hole(
        "An update is put on the record without an event",
        "actions/changes/updates.py",
        '            "update.entered" if submission is None else "update.accepted",\n            action,',
        '            "note.added",\n            action,',
        ("tests/actions",),
    ),
    Hole(
        "A stale form overwrites",
        "actions/changes/updates.py",
        "    if newest and newest.pk != last_seen:\n",
        "    if False:\n",
        (UPDATES,),
    ),
    Hole(
        "The moment of an event is not in its digest",
        AUDIT,
        '        event.at.astimezone(UTC).isoformat(timespec="microseconds"),\n',
        "",
        (TRAIL,),
    ),
    Hole("Who did it is not in the digest", AUDIT, "        event.by_id,\n", "", (TRAIL,)),
    Hole("The board is not in the digest", AUDIT, "        event.board_id,\n", "", (TRAIL,)),
    Hole(
        "The head of a chain is not compared",
        AUDIT,
        "    if (head.sequence, head.digest) != (last, previous):\n",
        "    if False:\n",
        (TRAIL,),
    ),
    Hole(
        "Exported heads are not compared",
        AUDIT,
        "event.sequence in expected and expected[event.sequence] != event.digest",
        "False",
        (TRAIL,),
    ),
    Hole(
        "Words may leave the trail unseen",
        AUDIT,
        "    if missing:\n",
        "    if False:\n",
        (TRAIL,),
    ),
    Hole(
        "The trail can be deleted",
        "boards/invariants.py",
        "    guards.append_only(Event)\n",
        "",
        (TRAIL,),
    ),
    Hole(
        "A row points into another board",
        "boards/guards.py",
        "for wall in WALLS:",
        "for wall in WALLS[1:]:",
        ("tests/boards/test_guards.py",),
    ),
    Hole("Somebody gives themselves a role", ROLES, "if by == person:", "if False:", (PEOPLE,)),
    Hole("The last business manager can be ended", ROLES, "if not staying.exists():", "if False:", (PEOPLE,)),
    Hole(
        "Somebody makes their own role last longer",
        ROLES,
        "if by == held.user and held.ends and (ends is None or ends > held.ends):",
        "if False:",
        (PEOPLE,),
    ),
    Hole(
        "Who manages for three days lets somebody manage for good",
        ROLES,
        "if last and (ends is None or ends > last):",
        "if False:",
        (PEOPLE,),
    ),
    Hole(
        "A role that was ended at once holds to the end of its days",
        "boards/models/people.py",
        "return in_force(on) & models.Q(ended_at__isnull=True)",
        "return in_force(on)",
        (PEOPLE,),
    ),
    Hole(
        "Cover goes on when the role has ended",
        ROLES,
        "        for cover in list(_covers(held, turn.on)):\n            end_role(",
        "        for cover in ():\n            end_role(",
        (PEOPLE,),
    ),
    Hole(
        "An invitation opens for whoever has the link",
        ROLES,
        "if person.email != invitation.email:",
        "if False:",
        (PEOPLE,),
    ),
    Hole(
        "An invitation works twice, and for ever",
        "boards/people.py",
        "if not invitation.is_open(at) or (",
        "if (",
        (PEOPLE,),
    ),
    Hole(
        "Who no longer manages the board still lets people in",
        "boards/people.py",
        "return invitation.by_id is None or managers.filter(pk=invitation.by_id).exists()",
        "return True",
        (PEOPLE,),
    ),
    Hole(
        "The keys of invitations can be read off the database",
        "boards/people.py",
        "return sha256(key.encode()).hexdigest()",
        "return key[:64]",
        (PEOPLE,),
    ),
    Hole(
        "Whoever reads the board decides who may do what",
        "boards/views/parts.py",
        "if not may(request.user, board, on):",
        "if False:",
        (PEOPLE_PAGES,),
    ),
    Hole(
        "A person of another board can be looked up by number",
        "boards/views/parts.py",
        "    if found is None:\n        raise Http404\n    return found",
        "    return found or reading.Member(get_object_or_404(reading.User, pk=person), [], None)",
        (PEOPLE_PAGES,),
    ),
    Hole(
        "A record that the trail does not tell of passes for whole",
        "boards/management/commands/verify_audit.py",
        "            if different:\n",
        "            if False:\n",
        ("tests/actions/test_proof.py",),
    ),
    Hole(
        "A file of a plan has what is limited in it for everybody",
        "actions/views/exporting.py",
        "exporting.sheet_of(plan, readable(request.user, on), on=on, at=at)",
        "exporting.sheet_of(plan, readable(plan.board.event_set.exclude(by=None).first().by, on), on=on, at=at)",
        ("tests/actions/test_export_view.py",),
    ),
    Hole(
        "A cell of a workbook is a formula",
        "actions/exporting/xlsx.py",
        '    cell.data_type = "s"\n',
        "",
        ("tests/actions/test_exporting.py",),
    ),
    Hole(
        "A plan is taken away and nobody is told",
        "actions/changes/histories.py",
        '        turn.record("plan.exported", plan, kind=told, day=day)\n',
        "",
        ("tests/actions/test_export_view.py",),
    ),
    Hole(
        "Two texts become the same in a CSV file",
        "cseplan/spreadsheet.py",
        """return f"'{text}" if is_live(text.lstrip("'")) else text""",
        """return f"'{text}" if is_live(text) else text""",
        ("tests/cseplan/test_spreadsheet.py",),
    ),
    Hole(
        "Whoever keeps the plans sees a file that somebody else looks at",
        RIGHTS,
        "board__in=standing(user, on).kept, by=user)",
        "board__in=standing(user, on).kept)",
        (IMPORTS,),
    ),
    Hole(
        "A file is confirmed though the plan has changed since its preview",
        "actions/changes/importing.py",
        "if proposal.token != seen:",
        "if False:",
        (IMPORTS,),
    ),
    Hole(
        "A file that was confirmed is written again",
        "actions/changes/importing.py",
        "if held.state != Import.State.OPEN:\n            return held",
        "if held.state == Import.State.UNDONE:\n            return held",
        ("tests/actions/test_import_command.py",),
    ),
    Hole(
        "What waits for its person is confirmed without them",
        "actions/changes/importing.py",
        "if proposal.waits_for:",
        "if False:",
        ("tests/actions/test_import_command.py",),
    ),
    Hole(
        "A file moves the date of an agreed action",
        "actions/changes/importing.py",
        'writing.did["asked"].append(ask_for_date(action=row.action, to_due=due, why=why, **writing.by).pk)',
        "Action.objects.filter(pk=row.action.pk).update(due=due)",
        ("tests/actions/test_import_command.py",),
    ),
    Hole(
        "What somebody has changed since is taken back with the file",
        "actions/changes/undoing.py",
        "if now != written:",
        "if False:",
        ("tests/actions/test_import_command.py",),
    ),
)
"""What each hole would let somebody do stands in `what`."""
