"""What is allowed while a Worker's modules are imported: entropy, time, I/O, bindings, the system."""

import asyncio
import importlib
import os
import random
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

import js
from pyodide.ffi import jsnull
from workers import env

ANSWERS = {}
MODULES = """
    asyncio ctypes curses dbm decimal difflib email ensurepip fcntl hashlib hmac html http idlelib json
    lib2to3 lzma mmap multiprocessing pip pwd readline resource select signal sqlite3 ssl subprocess syslog
    termios threading tkinter turtle unittest venv zlib zoneinfo
"""


def ask(name, question):
    """Note the type and text of an answer, or the last line of the error."""
    try:
        result = question()
    except BaseException as error:
        lines = str(error).strip().splitlines()
        ANSWERS[name] = {"raises": type(error).__name__, "text": lines[-1][:300] if lines else ""}
    else:
        text = "jsnull" if result is jsnull else re.sub(r"0x[0-9a-f]{4,}", "0x…", repr(result))
        ANSWERS[name] = {"type": type(result).__name__, "text": text[:300]}


def run_a_coroutine():
    coroutine = asyncio.sleep(0)
    try:
        return asyncio.run(coroutine)
    finally:
        coroutine.close()


for module in MODULES.split():
    ask(f"import {module}", lambda module=module: importlib.import_module(module).__name__)

ask("int(time.time())", lambda: int(time.time()))
ask("type of time.monotonic()", lambda: type(time.monotonic()))
ask("random.random()", lambda: random.random())
ask("random.randint(1, 6)", lambda: random.randint(1, 6))
ask("random.shuffle([1, 2])", lambda: random.shuffle([1, 2]))
ask("random.seed(1)", lambda: random.seed(1))
ask("random.random() seeded", lambda: random.random())
ask("random.Random(3).random()", lambda: random.Random(3).random())
ask("random.Random().random()", lambda: random.Random().random())
ask("random.SystemRandom().random()", lambda: random.SystemRandom().random())
ask("os.urandom(4)", lambda: os.urandom(4))
ask("os.getrandom(4)", lambda: os.getrandom(4))
ask("uuid.uuid4()", lambda: uuid.uuid4())
ask("uuid.uuid1()", lambda: type(uuid.uuid1()))
ask("secrets.token_hex(4)", lambda: secrets.token_hex(4))
ask("secrets.choice([1])", lambda: secrets.choice([1]))
ask("tempfile.mkstemp()", lambda: type(tempfile.mkstemp()))
ask("js.crypto.randomUUID()", lambda: js.crypto.randomUUID())
ask("js.crypto.getRandomValues()", lambda: js.crypto.getRandomValues(js.Uint8Array.new(4)))
ask("type of js.Math.random()", lambda: type(js.Math.random()))
ask("js.Date.now()", lambda: js.Date.now())
ask("js.Date.new().getTime()", lambda: js.Date.new().getTime())
ask("js.performance.now()", lambda: js.performance.now())
ask("js.setTimeout()", lambda: js.setTimeout(lambda: None, 10))
ask("js.setInterval()", lambda: js.setInterval(lambda: None, 10))
ask("js.queueMicrotask()", lambda: js.queueMicrotask(lambda: None))
ask("js.URL.new()", lambda: js.URL.new("http://x/é").href)
ask("js.Response.new()", lambda: js.Response.new("x").status)
ask("env.STR", lambda: env.STR)
ask("env.NULLV", lambda: env.NULLV)
ask("env.KV", lambda: type(env.KV).__name__)
ask("env.NOPE", lambda: env.NOPE)
ask("hasattr(env, 'NOPE')", lambda: hasattr(env, "NOPE"))
ask("__file__", lambda: __file__)
ask("__name__", lambda: __name__)
ask("open(__file__)", lambda: Path(__file__).read_text(encoding="utf-8")[:10])
ask("sys.platform", lambda: sys.platform)
ask("os.name", lambda: os.name)
ask("os.getcwd()", lambda: os.getcwd())
ask("os.getpid()", lambda: os.getpid())
ask("sys.path[0]", lambda: sys.path[0])
ask("sys.argv", lambda: sys.argv)
ask("sys.getrecursionlimit()", lambda: sys.getrecursionlimit())
ask("os.environ.get('HOME')", lambda: os.environ.get("HOME"))
ask("sorted(os.environ)", lambda: sorted(os.environ))
ask("Path('/tmp/x').write_text('a')", lambda: Path("/tmp/x").write_text("a", encoding="utf-8"))
ask("Path('/etc').exists()", lambda: Path("/etc").exists())
ask("asyncio.run()", run_a_coroutine)
ask("asyncio.get_running_loop()", lambda: type(asyncio.get_running_loop()).__name__)
ask("asyncio.get_event_loop()", lambda: type(asyncio.get_event_loop()).__name__)
ask("threading.Thread().start()", lambda: threading.Thread(target=lambda: None).start())
ask("socket.create_connection()", lambda: socket.create_connection(("127.0.0.1", 1), 1))
ask("socket.getaddrinfo()", lambda: socket.getaddrinfo("localhost", 80))
ask("subprocess.run()", lambda: subprocess.run(["true"], check=True))
ask("os.system()", lambda: os.system("true"))
ask("time.sleep(0)", lambda: time.sleep(0))
ask("hashlib.sha256()", lambda: importlib.import_module("hashlib").sha256(b"x").hexdigest()[:8])
ask(
    "hashlib.pbkdf2_hmac()",
    lambda: importlib.import_module("hashlib").pbkdf2_hmac("sha256", b"p", b"s", 1).hex(),
)
ask(
    "hashlib.scrypt()",
    lambda: importlib.import_module("hashlib").scrypt(b"p", salt=b"s", n=2, r=1, p=1).hex(),
)
ask("import _hashlib", lambda: importlib.import_module("_hashlib"))
