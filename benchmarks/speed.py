"""Requests per second of our pages against the stock page, in turns, in one run."""

import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from django.utils.html import strip_tags

from benchmarks.environment import HOST, ROOT, environment
from benchmarks.table import say, table

WORKERS = 2
READERS = 4
ROUNDS = 5
SECONDS = 3.0
STOCK = {"DJANGO_SETTINGS_MODULE": "benchmarks.stock.settings"}


def text_of(page) -> list[list[str]]:
    """[block type, plain text] of a body: the stock page carries the same amount of text."""
    blocks = []
    for block in page.body:
        text = re.sub(r"\s+", " ", strip_tags(str(block.render()))).strip()
        blocks.append(["heading" if block.block_type == "heading" else "paragraph", text])
    return blocks


@contextmanager
def server(module: str, extra: dict[str, str]):
    """gunicorn as the image runs it, on a free port; yields (port, process)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": str(WORKERS)}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "--config", "site/config/gunicorn.py", module],
        cwd=ROOT,
        env={**os.environ, **extra, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port, process
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_up(port: int, path: str, process) -> int:
    """The length of the page once the server answers 200; stops when it ends or takes a minute."""
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            status, body = _ask(port, path)
        except OSError:
            time.sleep(0.1)
            continue
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return len(body)
    raise RuntimeError(f"The server for {path} did not start")


def _ask(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def rate(port: int, path: str) -> float:
    """Answers a second, asked by a few readers at once for some seconds."""
    end = time.monotonic() + SECONDS
    done = [0] * READERS
    failed = []

    def read(number: int) -> None:
        while time.monotonic() < end and not failed:
            status, _body = _ask(port, path)
            if status != 200:
                failed.append(status)
            done[number] += 1

    start = time.monotonic()
    readers = [threading.Thread(target=read, args=[number]) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    if failed:
        raise RuntimeError(f"{path} answered {failed[0]}")
    return sum(done) / (time.monotonic() - start)


def memory(process) -> str:
    """Proportional set size of the server and its workers in MiB, where the system tells it."""
    try:
        tasks = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8")
        total = 0
        for number in [str(process.pid), *tasks.split()]:
            rollup = Path(f"/proc/{number}/smaps_rollup").read_text("utf-8")
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    except (OSError, TypeError):
        return "-"
    return f"{total / 1024:.0f}"


def prepare_stock(texts: list, folder: Path) -> dict:
    """Fills the database of the stock site; {address, queries} of its page."""
    folder.mkdir()
    (folder / "text.json").write_text(json.dumps(texts), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.stock.fill"],
        cwd=ROOT,
        env={**os.environ, **environment(folder), **STOCK},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def compare(found, folder: Path) -> None:
    """Runs both servers and prints the table: first rounds of ours and of stock in turns."""
    stock_folder = folder / "stock"
    stock = prepare_stock(text_of(found.longest), stock_folder)
    stock_environment = {**environment(stock_folder), **STOCK}
    with (
        server("config.wsgi", {}) as (port, process),
        server("benchmarks.stock.wsgi", stock_environment) as (stock_port, stock_process),
    ):
        length = wait_until_up(stock_port, stock["address"], stock_process)
        addresses = found.addresses()
        lengths = {name: wait_until_up(port, path, process) for name, path in addresses.items()}
        ours = {name: [] for name in addresses}
        theirs: dict[str, list[float]] = {name: [] for name in addresses}
        seconds = ROUNDS * len(addresses) * 2 * SECONDS
        say(f"\nAsking both servers in turns, {seconds:.0f} seconds ...")
        for _ in range(ROUNDS):
            for name, path in addresses.items():
                ours[name].append(rate(port, path))
                theirs[name].append(rate(stock_port, stock["address"]))
        used = [memory(process), memory(stock_process)]
    everything = [value for values in theirs.values() for value in values]
    rows = [_row(name, lengths[name], ours[name], theirs[name]) for name in addresses]
    rows.append(["stock page", str(length), f"{statistics.median(everything):.1f}", "1", ""])
    note = (
        f"{WORKERS} workers, {READERS} readers, SQLite; median of {ROUNDS} rounds. The stock page "
        f"has the text of our longest content page and asks {stock['queries']} queries.\n"
        f"Memory of both servers after it: ours {used[0]} MiB, stock {used[1]} MiB. "
        "Goal: twice the stock page at least."
    )
    head = ["page", "bytes", "answers/s", "ratio", "lowest-highest"]
    table("Speed of an uncached page against the stock page", head, rows, note)


def _row(name: str, length: int, ours: list[float], theirs: list[float]) -> list[str]:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    spread = f"{min(ratios):.2f}-{max(ratios):.2f}"
    middle = f"{statistics.median(ratios):.2f}"
    return [name, str(length), f"{statistics.median(ours):.1f}", middle, spread]
