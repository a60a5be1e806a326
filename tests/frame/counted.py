"""What the pages of those who write sentences of situations say of 0, 1, 2, 5, 11, 21 and 101.

"#" is the number, "…" what else is filled in.
"""

# Which of (one, a few, many) each number takes.
WANTED = {
    "lv": (2, 0, 1, 1, 1, 0, 0),
    "lv-simple": (2, 0, 1, 1, 1, 0, 0),
    "ru": (2, 0, 1, 2, 2, 0, 0),
    "uk": (2, 0, 1, 2, 2, 0, 0),
    "lt": (2, 0, 1, 1, 2, 0, 0),
    "en": (1, 0, 1, 1, 1, 1, 1),
}


def read(**lines: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """{language: lines for each number}; easy-read says it as Latvian does."""
    forms = {**lines, "lv-simple": lines["lv"]}
    return {code: tuple(forms[code][which] for which in WANTED[code]) for code in WANTED}


COUNTED = {
    (
        "%(count)s sentence sounds clearly more like another situation.",
        "%(count)s sentences sound clearly more like another situation.",
    ): read(
        lv=(
            "# teikums skaidri izklausās pēc citas situācijas.",
            "# teikumi skaidri izklausās pēc citas situācijas.",
            "# teikumu skaidri izklausās pēc citas situācijas.",
        ),
        ru=(
            "# фраза явно больше похожа на другую ситуацию.",
            "# фразы явно больше похожи на другую ситуацию.",
            "# фраз явно больше похожи на другую ситуацию.",
        ),
        uk=(
            "# фраза явно більше схожа на іншу ситуацію.",
            "# фрази явно більше схожі на іншу ситуацію.",
            "# фраз явно більше схожі на іншу ситуацію.",
        ),
        lt=(
            "# sakinys aiškiai panašesnis į kitą situaciją.",
            "# sakiniai aiškiai panašesni į kitą situaciją.",
            "# sakinių aiškiai panašesni į kitą situaciją.",
        ),
        en=(
            "# sentence sounds clearly more like another situation.",
            "# sentences sound clearly more like another situation.",
        ),
    ),
    (
        "%(count)s more service was found and is not shown.",
        "%(count)s more services were found and are not shown.",
    ): read(
        lv=(
            "Atrasts vēl # pakalpojums, ko nerāda.",
            "Atrasti vēl # pakalpojumi, ko nerāda.",
            "Atrasti vēl # pakalpojumu, ko nerāda.",
        ),
        ru=(
            "Найдена ещё # услуга, она не показана.",
            "Найдены ещё # услуги, они не показаны.",
            "Найдено ещё # услуг, они не показаны.",
        ),
        uk=(
            "Знайдено ще # послугу, її не показано.",
            "Знайдено ще # послуги, їх не показано.",
            "Знайдено ще # послуг, їх не показано.",
        ),
        lt=(
            "Rasta dar # paslauga, ji nerodoma.",
            "Rastos dar # paslaugos, jos nerodomos.",
            "Rasta dar # paslaugų, jos nerodomos.",
        ),
        en=(
            "# more service was found and is not shown.",
            "# more services were found and are not shown.",
        ),
    ),
    ("The clearest %(shown)s is listed.", "The clearest %(shown)s are listed."): read(
        lv=(
            "Sarakstā ir # skaidrākais.",
            "Sarakstā ir # skaidrākie.",
            "Sarakstā ir # skaidrāko.",
        ),
        ru=("В списке # самая явная.", "В списке # самые явные.", "В списке # самых явных."),
        uk=("У списку # найявніша.", "У списку # найявніші.", "У списку # найявніших."),
        lt=("Sąraše # aiškiausias.", "Sąraše # aiškiausi.", "Sąraše # aiškiausių."),
        en=("The clearest # is listed.", "The clearest # are listed."),
    ),
    (
        "Saved, but %(count)s new sentence sounds more like another situation: %(named)s.",
        "Saved, but %(count)s new sentences sound more like another situation: %(named)s.",
    ): read(
        lv=(
            "Saglabāts, bet # jauns teikums vairāk izklausās pēc citas situācijas: ….",
            "Saglabāts, bet # jauni teikumi vairāk izklausās pēc citas situācijas: ….",
            "Saglabāts, bet # jaunu teikumu vairāk izklausās pēc citas situācijas: ….",
        ),
        ru=(
            "Сохранено, но # новая фраза больше похожа на другую ситуацию: ….",
            "Сохранено, но # новые фразы больше похожи на другую ситуацию: ….",
            "Сохранено, но # новых фраз больше похожи на другую ситуацию: ….",
        ),
        uk=(
            "Збережено, але # нова фраза більше схожа на іншу ситуацію: ….",
            "Збережено, але # нові фрази більше схожі на іншу ситуацію: ….",
            "Збережено, але # нових фраз більше схожі на іншу ситуацію: ….",
        ),
        lt=(
            "Išsaugota, bet # naujas sakinys panašesnis į kitą situaciją: ….",
            "Išsaugota, bet # nauji sakiniai panašesni į kitą situaciją: ….",
            "Išsaugota, bet # naujų sakinių panašesni į kitą situaciją: ….",
        ),
        en=(
            "Saved, but # new sentence sounds more like another situation: ….",
            "Saved, but # new sentences sound more like another situation: ….",
        ),
    ),
    ("%(language)s: %(count)s sentence", "%(language)s: %(count)s sentences"): read(
        lv=("…: # teikums", "…: # teikumi", "…: # teikumu"),
        ru=("…: # фраза", "…: # фразы", "…: # фраз"),
        uk=("…: # фраза", "…: # фрази", "…: # фраз"),
        lt=("…: # sakinys", "…: # sakiniai", "…: # sakinių"),
        en=("…: # sentence", "…: # sentences"),
    ),
}
