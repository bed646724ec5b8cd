# ruff: noqa
"""The version metadata binding."""

version = env.VERSION
type(version).__name__
sorted(version) if isinstance(version, dict) else js.Object.keys(version).to_py()
[type(version.id).__name__, len(version.id), version.id.count("-")]
version.tag
[type(version.timestamp).__name__, len(version.timestamp), version.timestamp[-1]]
version["id"] == version.id
version.nothing
version.get("nothing") if isinstance(version, dict) else "no dict"
version is env.VERSION
version == env.VERSION
isinstance(version, dict)
json.dumps(version) and "json"
