"""Filters of the search's templates."""

from django import template

from errors_catalog.search.highlight import highlighted

register = template.Library()
register.filter(highlighted)
