"""Addresses of plans, actions and what is said about them, each below the board it belongs to."""

from django.urls import path

from actions.views import (
    access,
    action,
    as_at,
    comparing,
    history,
    overdue,
    plan,
    plans,
    redact,
    submission,
    update,
    wording,
    writing,
)

ACTION = "boards/<slug:board>/plans/<slug:plan>/actions/<int:action>/"
WRITE = "boards/<slug:board>/plans/<slug:plan>/write/"

urlpatterns = [
    path("boards/<slug:board>/plans/", plans.plans, name="plans"),
    path("boards/<slug:board>/plans/<slug:plan>/", plan.plan, name="plan"),
    path("boards/<slug:board>/plans/<slug:plan>/as-at/", as_at.plan_as_at, name="plan_as_at"),
    path("boards/<slug:board>/plans/<slug:plan>/compare/", comparing.compare, name="compare"),
    path("boards/<slug:board>/plans/<slug:plan>/history/", history.plan_history, name="plan_history"),
    path("boards/<slug:board>/new-plan/", writing.plan_add, name="plan_add"),
    path("boards/<slug:board>/plans/<slug:plan>/agree/", writing.plan_agree, name="plan_agree"),
    path(WRITE, writing.plan_write, name="plan_write"),
    path(f"{WRITE}details/", writing.plan_details, name="plan_details"),
    path(f"{WRITE}headings/", writing.plan_headings, name="plan_headings"),
    path(f"{WRITE}numbers/", writing.plan_numbers, name="plan_numbers"),
    path(f"{WRITE}move/", writing.plan_move, name="plan_move"),
    path(f"{WRITE}sections/add/", writing.section_add, name="section_add"),
    path(f"{WRITE}sections/<int:section>/", writing.section_change, name="section_change"),
    path(f"{WRITE}objectives/add/", writing.objective_add, name="objective_add"),
    path(f"{WRITE}objectives/<int:objective>/", writing.objective_change, name="objective_change"),
    path(f"{WRITE}actions/add/", wording.action_add, name="action_add"),
    path(f"{WRITE}actions/<int:action>/", wording.action_write, name="action_write"),
    path(f"{WRITE}actions/<int:action>/remove/", wording.action_remove, name="action_remove"),
    path(ACTION, action.action, name="action"),
    path(f"{ACTION}words/", wording.action_words, name="action_words"),
    path(f"{ACTION}date/", wording.action_date, name="action_date"),
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
