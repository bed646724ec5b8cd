"""The notes API as its clients see it: requests in, answers out."""

import pytest

BOOKMARK = "x-d1-bookmark"


async def add(worker, title, body=""):
    response = await worker.fetch("/notes", method="POST", json={"title": title, "body": body})
    assert response.status == 201
    return await response.json()


async def titles(worker, path="/notes", **options):
    response = await worker.fetch(path, **options)
    assert response.status == 200
    return [note["title"] for note in await response.json()]


async def test_a_fresh_database_has_no_notes(worker):
    assert await titles(worker) == []


async def test_a_note_that_was_added_can_be_read(worker):
    added = await add(worker, "milk", "two bottles")
    assert added == {"id": 1, "title": "milk", "body": "two bottles", "pinned": 0}
    response = await worker.fetch("/notes/1")
    assert await response.json() == added


async def test_search_looks_into_titles_and_ignores_case(worker):
    await add(worker, "Buy milk")
    await add(worker, "Call home")
    assert await titles(worker, "/notes?q=MILK") == ["Buy milk"]


async def test_search_takes_words_longer_than_a_like_pattern_may_be(worker):
    await add(worker, "a" * 80)
    assert await titles(worker, f"/notes?q={'a' * 60}") == ["a" * 80]


async def test_a_quote_in_a_search_is_only_a_quote(worker):
    await add(worker, "milk")
    assert await titles(worker, "/notes?q=%27%20OR%201%3D1%20--") == []


async def test_a_pinned_note_comes_first(worker):
    await add(worker, "first")
    await add(worker, "second")
    response = await worker.fetch("/notes/2/pin", method="PUT")
    assert (await response.json())["pinned"] == 1
    assert await titles(worker) == ["second", "first"]


async def test_a_removed_note_is_gone(worker):
    await add(worker, "milk")
    assert (await worker.fetch("/notes/1", method="DELETE")).status == 200
    assert (await worker.fetch("/notes/1")).status == 404
    assert await titles(worker) == []


async def test_an_import_stores_every_note(worker):
    notes = [{"title": "milk"}, {"title": "bread"}]
    response = await worker.fetch("/notes/import", method="POST", json=notes)
    assert response.status == 201
    assert [note["title"] for note in await response.json()] == ["milk", "bread"]
    assert await titles(worker) == ["milk", "bread"]


async def test_an_import_that_fails_stores_nothing(worker):
    await add(worker, "bread")
    notes = [{"title": "milk"}, {"title": "bread"}]
    response = await worker.fetch("/notes/import", method="POST", json=notes)
    assert response.status == 409
    assert await titles(worker) == ["bread"]


async def test_the_bookmark_of_a_write_lets_the_next_request_read_it(worker):
    response = await worker.fetch("/notes", method="POST", json={"title": "milk"})
    bookmark = response.headers[BOOKMARK]
    assert await titles(worker, headers={BOOKMARK: bookmark}) == ["milk"]


async def test_bookmarks_grow_with_every_write(worker):
    bookmarks = []
    for title in ("milk", "bread", "salt"):
        response = await worker.fetch("/notes", method="POST", json={"title": title})
        bookmarks.append(response.headers[BOOKMARK])
    assert bookmarks == sorted(set(bookmarks))


async def test_an_answer_that_asked_nothing_has_no_bookmark(worker):
    response = await worker.fetch("/nowhere")
    assert response.status == 404
    assert BOOKMARK not in response.headers


async def test_a_title_can_be_used_once(worker):
    await add(worker, "milk")
    response = await worker.fetch("/notes", method="POST", json={"title": "milk"})
    assert response.status == 409
    assert await response.json() == {"error": "there is a note with this title already"}


async def test_an_error_that_nobody_planned_for_is_not_hidden(worker):
    more_than_a_row_may_hold = {"title": "milk", "body": "x" * 9_000_000}
    response = await worker.fetch("/notes", method="POST", json=more_than_a_row_may_hold)
    assert response.status == 500
    assert "SQLITE_TOOBIG" in await response.text()
    assert await titles(worker) == []


@pytest.mark.parametrize(
    ("path", "data", "error"),
    [
        ("/notes", [], "a note is an object with a title and, if you like, a body"),
        ("/notes", {}, "title: a text that is not empty"),
        ("/notes", {"title": " "}, "title: a text that is not empty"),
        ("/notes", {"title": 5}, "title: a text that is not empty"),
        ("/notes", {"title": "milk", "body": None}, "body: a text"),
        ("/notes/import", {"title": "milk"}, "an import is a list of 1 to 50 notes"),
        ("/notes/import", [], "an import is a list of 1 to 50 notes"),
        (
            "/notes/import",
            [{"title": f"note {n}"} for n in range(51)],
            "an import is a list of 1 to 50 notes",
        ),
        ("/notes/import", [{"title": "milk"}, {}], "title: a text that is not empty"),
    ],
)
async def test_what_is_no_note_is_refused(worker, path, data, error):
    response = await worker.fetch(path, method="POST", json=data)
    assert response.status == 400
    assert await response.json() == {"error": error}
    assert await titles(worker) == []


async def test_what_is_no_json_is_refused(worker):
    response = await worker.fetch("/notes", method="POST", body='{"title": ')
    assert response.status == 400
    assert "Expecting value" in (await response.json())["error"]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("note", ["7", "milk", "99999999999999999999"])
async def test_a_note_that_is_not_there(worker, method, note):
    response = await worker.fetch(f"/notes/{note}", method=method)
    assert response.status == 404
    assert await response.json() == {"error": "there is no such note"}
