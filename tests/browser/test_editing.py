"""Editing in a browser: the editor opens, shows a preview, and what is published is read."""

import pytest
from playwright.sync_api import expect

PASSWORD = "drosa-parole-demo"


@pytest.fixture
def copied_page(filled_database, django_db_blocker):
    """A published copy of a content page, gone again afterwards."""
    with django_db_blocker.unblock():
        from pages.models import ContentPage

        # What an interrupted run left behind.
        for page in ContentPage.objects.filter(slug="kopija"):
            page.delete()
        original = ContentPage.objects.get(slug="kontakti", locale__language_code="lv")
        copy = original.copy(
            update_attrs={"slug": "kopija", "title": "Kopija", "draft_title": "Kopija"},
            keep_live=True,
        )
    yield copy
    with django_db_blocker.unblock():
        ContentPage.objects.get(pk=copy.pk).delete()


@pytest.fixture
def complaints(page):
    """Errors that the browser writes while an editor works."""
    found = []
    page.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def sign_in(page, server, name):
    page.goto(f"{server.address}/admin/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/admin/")


def test_an_editor_writes_and_sees_a_preview(page, server, copied_page, complaints):
    sign_in(page, server, "redaktore")
    # What is typed in the first two seconds counts as what was there: nobody types as early.
    page.add_init_script(
        "addEventListener('w-unsaved:watch-edits',"
        " () => document.documentElement.setAttribute('data-watched', ''))"
    )
    page.goto(f"{server.address}/admin/pages/{copied_page.pk}/edit/")
    expect(page.locator("[name=title]")).to_have_value("Kopija")
    page.locator("html[data-watched]").wait_for()
    expect(page.locator("[data-contentpath=body] [data-streamfield-child]").first).to_be_visible()
    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.locator("h1")).to_have_text("Kopija")
    page.locator("[name=title]").fill("Jauna kopija")
    expect(shown.locator("h1")).to_have_text("Jauna kopija")
    assert complaints == []


def test_an_editor_may_not_publish(page, server, copied_page):
    sign_in(page, server, "redaktore")
    page.goto(f"{server.address}/admin/pages/{copied_page.pk}/edit/")
    expect(page.locator("[name=title]")).to_be_visible()
    assert page.locator("[name=action-publish]").count() == 0


def test_what_is_published_is_read_at_once(page, server, browser, copied_page, complaints):
    sign_in(page, server, "atbildiga")
    page.goto(f"{server.address}/admin/pages/{copied_page.pk}/edit/")
    page.locator("[name=title]").fill("Kur mūs atrast")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("[name=action-publish]").click()
    expect(page.get_by_text("Kur mūs atrast").first).to_be_visible()
    assert complaints == []
    with browser.new_context() as reader:
        public = reader.new_page()
        public.goto(f"{server.address}/lv/kopija/")
        expect(public.locator("h1")).to_have_text("Kur mūs atrast")
        assert reader.cookies() == []


def test_staff_cookies_are_not_sent_to_public_pages(page, server, context):
    sign_in(page, server, "redaktore")
    assert context.cookies(f"{server.address}/admin/")
    assert context.cookies(f"{server.address}/lv/") == []


@pytest.fixture
def service_without_hours(filled_database, django_db_blocker):
    """A public service whose hours nobody knows; its own hours are back afterwards."""
    with django_db_blocker.unblock():
        from directory.models import Service

        service = Service.objects.public().filter(phones__number="116006").get()
        kept = list(service.hours.all())
        service.hours.all().delete()
        service.refresh_from_db()
        service.save_revision().publish()
    yield service
    with django_db_blocker.unblock():
        service = Service.objects.get(pk=service.pk)
        service.hours = kept
        service.save()
        service.save_revision().publish()


def test_a_keeper_enters_a_week_by_keyboard(
    page, server, browser, service_without_hours, complaints
):
    service = service_without_hours
    sign_in(page, server, "uzturetaja")
    page.goto(f"{server.address}/admin/snippets/directory/service/edit/{service.pk}/")
    page.locator("[role=tab]").nth(1).focus()
    page.keyboard.press("Enter")
    press(page, 1, "add")
    type_times(page, "9", "12")
    press(page, 1, "add")
    type_times(page, "13", "17")
    press(page, 1, "copyToWeekdays")
    press(page, 5, "add")
    type_times(page, "22", "2")
    friday = page.locator("[data-day='5']")
    expect(friday.locator(".week__row:visible")).to_have_count(3)
    expect(friday.locator("[data-week-end]").last).to_contain_text("02:00")
    expect(page.locator("[data-day='6'] .week__state")).not_to_be_empty()
    page.locator("footer [data-w-dropdown-target=toggle]").focus()
    page.keyboard.press("Enter")
    page.locator("[name=action-publish]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/service/")
    # Half a row of hours is not saved by itself: Wagtail answers 400 and tries again.
    assert [line for line in complaints if "status of 400" not in line] == []
    with browser.new_context() as reader:
        public = reader.new_page()
        public.goto(f"{server.address}/en/pakalpojumi/{service.code}/")
        main = public.locator("main")
        expect(main).to_contain_text("9:00–12:00, 13:00–17:00")
        expect(main).to_contain_text("22:00–2:00")


def press(page, day: int, act: str):
    """A button of a day of the week, by keyboard."""
    page.locator(f"[data-day='{day}'] button[data-week-act={act}]").focus()
    page.keyboard.press("Enter")


def type_times(page, opens: str, closes: str):
    """The field that a new row puts the keyboard into, and the next one."""
    page.keyboard.type(opens)
    page.keyboard.press("Tab")
    page.keyboard.type(closes)
    page.keyboard.press("Tab")
