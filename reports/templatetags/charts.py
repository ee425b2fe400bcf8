"""{% strand_bar strand number %}: the stacked bar of one strand; `number` keeps its patterns apart from other bars'."""

from django import template

from reports.charts import stacked

register = template.Library()


@register.inclusion_tag("reports/parts/bar.html")
def strand_bar(strand, number):
    return {"bar": stacked(strand.name, strand.segments), "number": number}
