"""Addresses of boards/: signing in and one's account, the people of a board, the link of an invitation."""

from django.urls import include, path

from boards.views import invitation, owners, people, roles, settings

PEOPLE = "boards/<slug:board>/people/"
PERSON = f"{PEOPLE}<int:person>/"
ROLE = f"{PERSON}roles/<slug:place>/<int:role>/"

SETTINGS = "boards/<slug:board>/settings/"
OWNERS = "boards/<slug:board>/owners/"
OWNER = f"{OWNERS}<int:owner>/"

urlpatterns = [
    path("", include("boards.accounts.urls")),
    path("invitations/<slug:key>/", invitation.invitation, name="invitation"),
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}invite/", people.invite, name="invite"),
    path(f"{PEOPLE}review/", people.access_review, name="access_review"),
    path(f"{PEOPLE}invitations/<int:invitation>/again/", people.invitation_again, name="invitation_again"),
    path(f"{PEOPLE}invitations/<int:invitation>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}give/", roles.role_give, name="role_give"),
    path(f"{PERSON}end/", roles.person_end, name="person_end"),
    path(f"{ROLE}end/", roles.role_end, name="role_end"),
    path(f"{ROLE}cover/", roles.role_cover, name="role_cover"),
    path(SETTINGS, settings.settings, name="settings"),
    path(f"{SETTINGS}name/", settings.board_change, name="board_change"),
    path(f"{SETTINGS}words/", settings.labels_change, name="labels_change"),
    path(f"{SETTINGS}second-step/", settings.second_step_change, name="second_step_change"),
    path(f"{SETTINGS}ratings/", settings.scale_change, name="scale_change"),
    path(f"{SETTINGS}priorities/add/", settings.priority_add, name="priority_add"),
    path(f"{SETTINGS}priorities/<int:priority>/", settings.priority_change, name="priority_change"),
    path(f"{SETTINGS}periods/add/", settings.period_add, name="period_add"),
    path(f"{SETTINGS}agencies/add/", settings.seat_add, name="seat_add"),
    path(f"{SETTINGS}agencies/<int:seat>/", settings.seat_change, name="seat_change"),
    path(f"{SETTINGS}agencies/<int:seat>/end/", settings.seat_end, name="seat_end"),
    path(f"{SETTINGS}sub-groups/add/", settings.group_add, name="group_add"),
    path(f"{SETTINGS}sub-groups/<int:group>/", settings.group_change, name="group_change"),
    path(f"{SETTINGS}sub-groups/<int:group>/end/", settings.group_end, name="group_end"),
    path(OWNERS, owners.owners, name="owners"),
    path(f"{OWNERS}add/", owners.owner_add, name="owner_add"),
    path(OWNER, owners.owner, name="owner"),
    path(f"{OWNER}change/", owners.owner_change, name="owner_change"),
    path(f"{OWNER}spellings/add/", owners.alias_add, name="alias_add"),
    path(f"{OWNER}holders/add/", owners.holder_add, name="holder_add"),
    path(f"{OWNER}holders/<int:holder>/end/", owners.holder_end, name="holder_end"),
]
