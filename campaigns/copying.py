"""Next year's campaign from this year's: the words of translators come along.

A copy has keys of its own, and the machinery of translation looks for a translated sentence under
the key of its page: without this every sentence of a copied campaign would be translated anew.
"""

from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslatableObject, TranslationContext

from campaigns.campaign_pages import CampaignPage


def carry_words_over(request, page: Page, copy: Page) -> None:
    """Hook after_copy_page: what is translated for a campaign is so for its copy, events included.

    Only words that stay as they are in the source language are found again; those that an editor
    changes wait for a translator. An alias follows its original and needs nothing.
    """
    if not issubclass(page.specific_class or Page, CampaignPage) or copy.alias_of_id:
        return
    originals = page.get_descendants(inclusive=True)
    copies = copy.get_descendants(inclusive=True)
    # Copied in the order of the tree; without its events the campaign alone stands first.
    for original, copied in zip(originals, copies, strict=False):
        _carry_over(original.specific, copied.specific)


def _carry_over(original: Page, copied: Page) -> None:
    known = StringTranslation.objects.filter(
        context__object_id=original.translation_key, has_error=False
    ).select_related("context")
    target, _created = TranslatableObject.objects.get_or_create_from_instance(copied)
    contexts: dict[str, TranslationContext] = {}
    for translated in known:
        path = translated.context.path
        if path not in contexts:
            contexts[path], _created = TranslationContext.objects.get_or_create(
                object=target, path=path, defaults={"field_path": translated.context.field_path}
            )
        StringTranslation.objects.get_or_create(
            translation_of_id=translated.translation_of_id,
            locale_id=translated.locale_id,
            context=contexts[path],
            defaults={
                "data": translated.data,
                "translation_type": translated.translation_type,
                "tool_name": translated.tool_name,
                "last_translated_by_id": translated.last_translated_by_id,
            },
        )
