"""Fields that keep words and structure apart."""

from wagtail.fields import StreamField


class BlockField(StreamField):
    """A StreamField whose blocks stay out of migrations (decision 0004).

    A change of a block then needs no migration; a data migration sees raw JSON only.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs
