"""Every question that this Worker asks of its database."""


async def search(db, word):
    # instr, not LIKE: D1 refuses a LIKE pattern of more than 50 bytes.
    query = """
        SELECT * FROM notes WHERE instr(lower(title), lower(?))
        ORDER BY pinned DESC, id LIMIT 100
    """
    return (await db.prepare(query).bind(word).all()).results


async def get(db, note_id):
    return await db.prepare("SELECT * FROM notes WHERE id = ?").bind(note_id).first()


def insert(db, note):
    query = "INSERT INTO notes (title, body) VALUES (?, ?) RETURNING *"
    return db.prepare(query).bind(note["title"], note["body"])


async def add(db, note):
    return await insert(db, note).first()


async def add_all(db, notes):
    """All of them or none: a batch is one transaction."""
    results = await db.batch([insert(db, note) for note in notes])
    return [result.results[0] for result in results]


async def pin(db, note_id):
    query = "UPDATE notes SET pinned = 1 WHERE id = ? RETURNING *"
    return await db.prepare(query).bind(note_id).first()


async def remove(db, note_id):
    return await db.prepare("DELETE FROM notes WHERE id = ? RETURNING *").bind(note_id).first()
