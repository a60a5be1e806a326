"""Addresses beside the tree of pages, under a language."""

from django.urls import path

from campaigns import calendar_views

app_name = "campaigns"
urlpatterns: list = [
    path("pasakumi/pasakumi.ics", calendar_views.coming_events, name="calendar"),
    path("pasakumi/pasakums-<uuid:key>.ics", calendar_views.one_event, name="event_calendar"),
]
