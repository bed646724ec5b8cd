"""Which question belongs to which request."""

from urllib.parse import parse_qs, urlparse

import checks
import notes


async def answer(request, db):
    """Return the status and the data of the answer."""
    url = urlparse(request.url)
    match request.method, url.path.strip("/").split("/"):
        case "GET", ["notes"]:
            word = parse_qs(url.query).get("q", [""])[0]
            return 200, await notes.search(db, word)
        case "POST", ["notes"]:
            return 201, await notes.add(db, checks.note(await request.json()))
        case "GET", ["notes", note_id]:
            return found(await notes.get(db, note_id))
    return 404, {"error": "there is no such route"}


def found(note):
    return (200, note) if note else (404, {"error": "there is no such note"})
