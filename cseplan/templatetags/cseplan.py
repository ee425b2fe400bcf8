"""Template tags and filters that know no domain word. Loaded in every template."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template.defaultfilters import date as format_date

from cseplan.colours import paint

register = template.Library()

ROOM_FOR_A_COUNT = 7.0  # per cent of the bar; narrower segments are named in the key alone
ROOM_FOR_A_COUNT_ON_A_PHONE = 17.0


@register.filter
def day(value) -> str:
    """A date as people write it: 30 September 2026."""
    return format_date(value, "j F Y")


@register.filter
def thousands(value) -> str:
    """A number with commas: 4,000."""
    return intcomma(value)


@register.filter
def filled(sentence: str, word: str) -> str:
    """A sentence with a word in its gap, for where a component is handed a sentence: "No {} yet."|filled:word."""
    return sentence.replace("{}", str(word))


@register.filter
def half(value: int) -> int:
    """Half of a number, rounded down: for things centred in a drawing."""
    return int(value) // 2


@register.filter
def times(value: int) -> str:
    """How often, in words: once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(value, f"{value} times")


@register.filter
def pages_near(paginator, number: int) -> list[int | None]:
    """The page numbers worth a link; None where some are left out."""
    return [
        page if isinstance(page, int) else None
        for page in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    ]


@register.inclusion_tag("components/rating_bar.html")
def rating_bar(segments, label: str = "", *, key: bool = True, height: int = 30) -> dict:
    """A stacked bar; segments have word, colour, count and perhaps url, as attributes, keys, or in that order."""
    read = [_segment(segment) for segment in segments]
    total = sum(segment["count"] for segment in read)
    x = 0.0
    for segment in read:
        width = 100 * segment["count"] / total if total else 0.0
        segment |= {
            "x": f"{x:.3f}",
            "width": f"{width:.3f}",
            "roomy": width >= ROOM_FOR_A_COUNT,
            "tight": width < ROOM_FOR_A_COUNT_ON_A_PHONE,
            "paint": paint(segment["colour"]),
        }
        x += width
    return {"segments": read, "total": total, "label": label, "key": key, "height": height}


@register.simple_tag
def error_lines(*forms) -> list[tuple[str, str]]:
    """Every error of the forms given, as (id of its box, message); a form may also be a list of forms."""
    lines: list[tuple[str, str]] = []
    for form in filter(None, forms):
        if hasattr(form, "summary"):
            lines += form.summary()
        else:
            lines += error_lines(*form)
            if hasattr(form, "non_form_errors"):
                lines += [("", message) for message in form.non_form_errors()]
    return lines


def _segment(given) -> dict:
    names = ("word", "colour", "count", "url")
    if isinstance(given, dict):
        read = {name: given.get(name, "") for name in names}
    elif isinstance(given, (tuple, list)):
        read = dict(zip(names, [*given, "", ""], strict=False))
    else:
        read = {name: getattr(given, name, "") for name in names}
    return read | {"colour": read["colour"] or "none"}
