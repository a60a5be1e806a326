"""Campaigns, myths and facts, rules for the media, indicators."""

from campaigns.campaign_pages import CampaignPage, CampaignsPage
from campaigns.events import EventPage
from campaigns.myths import MythPage, MythsPage

__all__ = ["CampaignPage", "CampaignsPage", "EventPage", "MythPage", "MythsPage"]
