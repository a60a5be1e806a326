"""Campaigns, myths and facts, rules for the media, indicators."""

from campaigns.campaign_pages import CampaignPage, CampaignsPage
from campaigns.events import EventPage
from campaigns.figures import FiguresPage
from campaigns.help_box import HelpBoxPage
from campaigns.indicators import Indicator, IndicatorsPage, IndicatorText, IndicatorValue
from campaigns.lexicon import WordRule
from campaigns.myths import MythPage, MythsPage
from campaigns.press import PressItemPage, PressPage

__all__ = [
    "CampaignPage",
    "CampaignsPage",
    "EventPage",
    "FiguresPage",
    "HelpBoxPage",
    "Indicator",
    "IndicatorText",
    "IndicatorValue",
    "IndicatorsPage",
    "MythPage",
    "MythsPage",
    "PressItemPage",
    "PressPage",
    "WordRule",
]
