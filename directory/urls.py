from django.urls import path

from directory import narrowing, service_views, views
from directory.help_tab import views as help_tab_views

app_name = "directory"
# The word is the help page's slug, the same in every language; the code says nothing.
urlpatterns = [
    # For other sites: a script, and "beside", the frame that it opens.
    path("tab.js", help_tab_views.script, name="help_tab_script"),
    path("blakus/", help_tab_views.frame, name="help_tab"),
    path("pakalpojumi/mekle/", views.search, name="search"),
    path("pakalpojumi/vardi/", views.words, name="words"),
    path("pakalpojumi/cels/", narrowing.path_step, name="path"),
    path("pakalpojumi/cels/<int:number>/", narrowing.path_step, name="path_step"),
    path("pakalpojumi/<slug:code>/", service_views.service, name="service"),
    path("pakalpojumi/<slug:code>/lapa/", service_views.plain_sheet, name="sheet"),
    path("pakalpojumi/<slug:code>/numurs/", service_views.number, name="number"),
]
