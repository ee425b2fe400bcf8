"""Addresses of boards/: signing in and one's account, the people of a board, the link of an invitation."""

from django.urls import include, path

from boards.views import invitation, people, roles

PEOPLE = "boards/<slug:board>/people/"
PERSON = f"{PEOPLE}<int:person>/"
ROLE = f"{PERSON}roles/<slug:place>/<int:role>/"

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
]
