from django.urls import path

from directory import views

app_name = "directory"
# The word is the help page's slug, the same in every language; the code says nothing.
urlpatterns = [
    path("pakalpojumi/mekle/", views.search, name="search"),
    path("pakalpojumi/<slug:code>/", views.service, name="service"),
]
