"""Campaigns, myths and facts, rules for the media, indicators."""
