"""Campaigns, myths and facts, rules for the media, indicators."""

from campaigns.campaign_pages import CampaignPage, CampaignsPage
from campaigns.events import EventPage
from campaigns.indicators import Indicator, IndicatorsPage, IndicatorText, IndicatorValue
from campaigns.myths import MythPage, MythsPage

__all__ = [
    "CampaignPage",
    "CampaignsPage",
    "EventPage",
    "Indicator",
    "IndicatorText",
    "IndicatorValue",
    "IndicatorsPage",
    "MythPage",
    "MythsPage",
]
