"""House rules of pages as system checks."""

from django.core import checks
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail import blocks as wagtail_blocks
from wagtail.models import get_page_models

from pages.fields import BlockField


@checks.register("house")
def check_blocks(app_configs, **kwargs):
    """Every block of a body has icon, description, preview and a template."""
    errors = []
    for model in get_page_models():
        for field in model._meta.get_fields():
            if isinstance(field, BlockField):
                errors += [
                    problem
                    for name, block in field.stream_block.child_blocks.items()
                    for problem in block_problems(model, name, block)
                ]
    return errors


def block_problems(model, name: str, block: wagtail_blocks.Block) -> list[checks.Error]:
    """What a block lacks of what an editor needs to choose it."""
    where = f"{model.__name__}: block {name}"
    problems = []
    if not block.meta.icon or block.meta.icon == wagtail_blocks.Block._meta_class.icon:
        problems.append(checks.Error(f"{where} has no icon", id="house.E001"))
    if not getattr(block.meta, "description", ""):
        problems.append(checks.Error(f"{where} has no description", id="house.E002"))
    if not hasattr(block.meta, "preview_value"):
        problems.append(checks.Error(f"{where} has no preview", id="house.E003"))
    try:
        get_template(getattr(block.meta, "template", None) or "missing")
    except TemplateDoesNotExist:
        problems.append(checks.Error(f"{where} has no template", id="house.E004"))
    return problems


@checks.register("house")
def check_page_types(app_configs, **kwargs):
    """Every page type says which fields are words and which are the same everywhere."""
    return [
        checks.Error(f"{model.__name__} declares no translatable_fields", id="house.E005")
        for model in get_page_models()
        if model._meta.app_label != "wagtailcore" and "translatable_fields" not in vars(model)
    ]
