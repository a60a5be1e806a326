"""Addresses beside the tree of pages, under a language."""

from django.urls import path

from campaigns import calendar_views, figures, press_feed

app_name = "campaigns"
urlpatterns = [
    path("pasakumi/pasakumi.ics", calendar_views.coming_events, name="calendar"),
    path("pasakumi/pasakums-<uuid:key>.ics", calendar_views.one_event, name="event_calendar"),
    path("dati.csv", figures.figures_csv, name="figures_csv"),
    path("zinas.atom", press_feed.press_feed, name="press_feed"),
]
