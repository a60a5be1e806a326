"""Addresses beside the tree of pages, under a language."""

urlpatterns: list = []
