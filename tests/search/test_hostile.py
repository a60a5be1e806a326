"""Whatever is typed or sent to the search is answered, by every engine."""

import random
import string
from urllib.parse import quote, quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from directory import finding
from search import engines, keys
from search.elastic import rebuilding

pytestmark = pytest.mark.django_db

ENGINES = ["database", "elasticsearch"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
SEED = 20261122
PARTS, TEXTS, FORMS = 4, 5000, 300
ALPHABETS = [
    "aābcčdeēfgģhiījkķlļmnņoprsštuūvzžąęėįųûy", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "αβγδεζηθ", "אבגדהוזח", "ابتثجحخد", "अआइईउऊ्ि", "กขคงจฉ่้", "你好我是谁救命", "아야어여가",
    "აბგდევ", "աբգդեզ", "አቡጊ", "𝐯𝐢𝐫𝐬𝓢𝔦", "ﬁﬂⅧ²½", "٠١٢٣੧๙", "🦊👩‍👧‍👦🇱🇻🆘", "\u0300\u0323\u20dd",
    "\u202a\u202e\u2066\u2069\u200f", "\x00\x01\x1f\x7f\x80\x9f", "\u200b\u200d\ufeff\u00ad",
    "\ue000\uf8ff\U000f0000", "\ud800\udfff", "\ufffd\uffff", "\t\n\r\v\f\u2028\u3000",
    string.punctuation, string.digits,
]  # fmt: skip
OPERATORS = [
    '"', '""', "*", "a*", "^a", "(", ")", "((((", "AND", "OR", "NOT", "NEAR(a b, 2)", "a NEAR b",
    "{title_keys} : a", "title_keys:a", "- {a} : b", "a + b", "a - b",
    "&", "|", "!", "<->", "a <2> b", ":*", "a:*", "'a' & !b", "\\", "''", "'; --", "$$",
    "[1 TO *]", "{a TO b}", "a~2", '"a b"~3', "a^5", "/.*/", "/(a+)+$/", "+a -b", "*:*", "_id:1",
    "title:(a", "\\u0000", "%s", "%(a)s", "{0}", "{{ 7*7 }}", "{% x %}", "${a}", "%", "_", "--",
    "<script>alert(1)</script>", "; DROP TABLE search_document", "../../etc/passwd", "NULL", "nan",
]  # fmt: skip
WORDS = ["vīrs", "mani", "sit", "муж", "бьет", "б'є", "smurtas", "help", "krīzes", "centrā", "112"]


def draw_text(chance: random.Random) -> str:
    """Words, operators and letters of one or all scripts, sometimes very long."""
    alphabet = chance.choice([*ALPHABETS, "".join(ALPHABETS)])
    letters = "".join(chance.choices(alphabet, k=chance.randint(0, 8)))
    anything = "".join(chr(chance.randrange(0x11_0000)) for _ in range(chance.randint(0, 3)))
    pieces = [
        *chance.choices(OPERATORS, k=chance.randint(0, 2)),
        *chance.choices(WORDS, k=chance.randint(0, 2)),
        letters,
        anything,
    ]
    chance.shuffle(pieces)
    text = chance.choice(["", " ", " ", "\u00a0", "\x00"]).join(pieces)
    return text * chance.choice([1] * 60 + [50, 2000])


def draw_body(chance: random.Random) -> tuple[bytes, str]:
    """The body of a form and its type: mostly right, sometimes broken in one way."""
    text = draw_text(chance)[:20_000].encode("utf-8", "surrogatepass")
    broken = bytes(chance.randrange(256) for _ in range(chance.randint(1, 40)))
    plain = "application/x-www-form-urlencoded"
    boundary = "multipart/form-data; boundary=x"
    return chance.choice(
        [
            *[(b"text=" + quote_from_bytes(text).encode(), plain)] * 6,
            (b"text=" + text, plain),
            (b"text=" + broken, plain),
            (b"text=" + quote_from_bytes(broken).encode(), plain),
            (b"text=" + quote("vīrs", encoding="utf-16").encode(), f"{plain}; charset=utf-16"),
            (b"text=" + quote_from_bytes(text).encode(), f"{plain}; charset=hex"),
            (b"text=%zz%u0101%", plain),
            (b"text[]=a&text[b]=c&text=&text=v%C4%ABrs&text=sit", plain),
            (b"text=a&" * 1200, plain),
            (b"text;=a=b&=&&", plain),
            (b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n" + text + b"\r\n--x--\r\n",
             boundary),
            (b'--x\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n\r\n' + broken
             + b"\r\n--x--\r\n", boundary),
            (b"--x\r\n" + broken, boundary),
            (broken, "multipart/form-data"),
            (b'{"text": ["a", {}]}', "application/json"),
            (broken, "text/plain; charset=none"),
            (broken, ""),
        ]
    )  # fmt: skip


@pytest.fixture(params=ENGINES)
def engine(request):
    """The site searches with this engine, all that it shows in its index."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
        rebuilding.rebuild()
    return engines.named(request.param)


@pytest.mark.parametrize("part", range(PARTS))
def test_five_thousand_hostile_texts_are_answered_in_order(engine, part):
    chance = random.Random(SEED + part)
    answered, number = 0, TEXTS // PARTS
    for _ in range(number):
        text = draw_text(chance)
        with keys.remembered():
            hits = finding.services(text, engine=engine).hits
        answered += bool(hits)
        assert len(hits) == len({hit.identity for hit in hits}), ascii(text)
        # Programmes for people who hurt others stand last, except for one of them.
        places = [hit.for_people_who_hurt for hit in hits]
        assert places == sorted(places) or places[0], ascii(text)
    assert number / 5 < answered < number


@pytest.mark.parametrize("address", ["pakalpojumi/mekle/", "blakus/"])
def test_three_hundred_hostile_forms_are_answered_in_the_frame(engine, address):
    client, chance = Client(raise_request_exception=False), random.Random(SEED - 1)
    # A body that cannot be read even for its error page is answered from these files.
    call_command("error_pages", verbosity=0)
    statuses = set()
    for _ in range(FORMS // 2):
        body, kind = draw_body(chance)
        path = f"/{chance.choice(LANGUAGES)}/{address}"
        answer = client.generic("POST", path, body, content_type=kind)
        statuses.add(answer.status_code)
        assert answer.status_code in {200, 400, 413}, (answer.status_code, kind, body[:99])
        assert b'href="tel:112"' in answer.content, (kind, body[:99])
        assert not answer.cookies
        if answer.status_code >= 400 or address != "blakus/":
            assert b'class="exit"' in answer.content, (kind, body[:99])
    assert statuses == {200, 400}


@pytest.mark.parametrize("address", ["pakalpojumi/mekle/", "blakus/"])
@pytest.mark.parametrize("field", ["text", "service"])
def test_a_file_where_words_belong_is_no_word(client, address, field):
    file = SimpleUploadedFile("a.txt", "vīrs mani sit".encode())
    answer = client.post(f"/lv/{address}", {field: file})
    assert answer.status_code == 200
    assert b'href="tel:112"' in answer.content


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_is_no_operator(operator):
    """Beside words that find something, it takes nothing away."""
    engine = engines.named("database")
    plain = finding.services("vīrs mani sit", engine=engine).hits
    odd = finding.services(f"vīrs mani sit {operator}", engine=engine).hits
    assert plain[0].identity in {hit.identity for hit in odd[:5]}


def test_a_text_of_a_megabyte_is_answered(client):
    answer = client.post("/lv/pakalpojumi/mekle/", {"text": "vīrs sit " * 120_000})
    assert BeautifulSoup(answer.content, "lxml").select("li.card")
