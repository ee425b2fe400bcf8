"""Every component on one page: an urlconf for the tests that look at components, and the forms they need."""

import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import include, path

from cseplan.forms import Checkboxes, DateField, GovForm, LineField, Radios, TextField

WORDS = {"red": "Red", "amber": "Amber", "green": "Green", "blue": "Blue"}


class GalleryForm(GovForm):
    title = LineField(max_length=40, help_text="A few words.")
    words = TextField(label="What has happened?", max_length=200)
    rating = forms.ChoiceField(
        label="How is it going?",
        choices=list(WORDS.items()),
        widget=Radios(hints={"red": "Off track", "amber": "At risk"}, colours={name: name for name in WORDS}),
    )
    reason = TextField(label="Why is it not green?", required=False)
    due = DateField(label="New date", required=False, help_text="For example 27 3 2026.")
    strands = forms.MultipleChoiceField(
        choices=[("prevent", "Prevent"), ("pursue", "Pursue")], widget=Checkboxes, required=False
    )
    owner = forms.ChoiceField(choices=[("", "Choose"), ("1", "Police")], required=False)
    agreed = forms.BooleanField(label="The other agency agrees", required=False, help_text="Ask first.")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)

    shown_when = {"reason": ("rating", ["red", "amber"])}


def gallery(request):
    form = GalleryForm(request.POST or None)
    if "message" in request.GET:
        messages.success(request, "Your update was submitted. The coordinator reads it next.")
        messages.info(request, "The round closes on 14 December.")
    return render(
        request,
        "gallery.html",
        {
            "form": form,
            "board": {"name": "Borough of Elmshire Safeguarding Board"},
            "navigation": [
                {"label": "Your work", "url": "/gallery", "current": True},
                {"label": "Plans", "url": "/gallery?plans", "current": False},
            ],
            "crumbs": [("Your work", "/"), ("Plans", "/gallery")],
            "segments": [
                ("Red", "red", 4, "?rating=red"),
                ("Amber", "amber", 9, "?rating=amber"),
                ("Green", "green", 20, ""),
                ("Blue", "blue", 1),
                ("Not yet rated", "none", 3),
                ("No update received", "silent", 5),
            ],
            "every_colour": ["red", "amber", "green", "blue", "purple", "grey", "none", "silent"],
            "red": {"word": "Red", "colour": "red"},
            "due": datetime.date(2026, 9, 30),
            "first": datetime.date(2026, 3, 31),
            "facts": [("Owner", "West Midlands Police"), ("Holder", ""), ("Moved", 0)],
            "page": Paginator(range(300), 10).page(12),
        },
    )


urlpatterns = [path("gallery", gallery), path("", include("cseplan.urls"))]
