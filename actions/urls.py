"""Addresses of plans, actions and what is said about them, each below the board it belongs to."""

from django.urls import path

from actions.views import access, action, as_at, history, overdue, plan, plans, redact, submission, update

ACTION = "boards/<slug:board>/plans/<slug:plan>/actions/<int:action>/"

urlpatterns = [
    path("boards/<slug:board>/plans/", plans.plans, name="plans"),
    path("boards/<slug:board>/plans/<slug:plan>/", plan.plan, name="plan"),
    path("boards/<slug:board>/plans/<slug:plan>/as-at/", as_at.plan_as_at, name="plan_as_at"),
    path("boards/<slug:board>/plans/<slug:plan>/history/", history.plan_history, name="plan_history"),
    path(ACTION, action.action, name="action"),
    path(f"{ACTION}as-at/", as_at.action_as_at, name="action_as_at"),
    path(f"{ACTION}history/", history.action_history, name="action_history"),
    path(f"{ACTION}notes/", action.note, name="note"),
    path(f"{ACTION}evidence/<int:evidence>/seen/", action.evidence_seen, name="evidence_seen"),
    path(f"{ACTION}update/", update.action_update, name="action_update"),
    path(f"{ACTION}submissions/<int:submission>/", submission.submission, name="submission"),
    path("boards/<slug:board>/overdue/", overdue.overdue, name="overdue"),
    path("boards/<slug:board>/access-log/", access.access_log, name="access_log"),
    path("boards/<slug:board>/redact/", redact.redact, name="redact"),
    path("boards/<slug:board>/history/", history.board_history, name="board_history"),
]
