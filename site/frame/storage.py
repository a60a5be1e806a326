"""Static files of production: our own style and scripts smaller, names with their hash."""

from django.core.files.base import ContentFile
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

SMALLER = {".css": cssmin, ".js": jsmin}
# Folders of our apps that visitors load from; what comes with a library stays as it was tested.
OURS = ("frame/", "quick_exit/", "pages/", "directory/", "campaigns/")


class _Smaller:
    """A source of static files that hands out style and scripts without comments and blanks."""

    def __init__(self, storage):
        self._storage = storage

    def __getattr__(self, name):
        return getattr(self._storage, name)

    def open(self, path, mode="rb"):
        with self._storage.open(path, mode) as file:
            text = file.read().decode("utf-8")
        return ContentFile(smaller(path, text).encode("utf-8"), name=path)


def smaller(name: str, text: str) -> str:
    """The content of a file as visitors get it."""
    return next((shrink(text) for end, shrink in SMALLER.items() if name.endswith(end)), text)


class SmallStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage on smaller files: a first visit must fit into one round trip."""

    def post_process(self, paths, *args, **options):
        ours = {
            name: (_Smaller(storage), path)
            for name, (storage, path) in paths.items()
            if name.startswith(OURS) and name.endswith(tuple(SMALLER))
        }
        yield from super().post_process(paths | ours, *args, **options)
