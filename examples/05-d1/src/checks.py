"""What a client may send. A ValueError from here becomes a 400 answer with its text."""

MOST_AT_ONCE = 50  # the Free plan allows 50 queries in one invocation


def note(data):
    if not isinstance(data, dict):
        raise ValueError("a note is an object with a title and, if you like, a body")
    title, body = data.get("title"), data.get("body", "")
    if not isinstance(title, str) or not title.strip():
        raise ValueError("title: a text that is not empty")
    if not isinstance(body, str):
        raise ValueError("body: a text")
    return {"title": title, "body": body}


def notes(data):
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_AT_ONCE:
        raise ValueError(f"an import is a list of 1 to {MOST_AT_ONCE} notes")
    return [note(item) for item in data]
