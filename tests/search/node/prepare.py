"""Lays out the search engine for the tests; as a script, before they start.

The jars come from Maven Central into the user's cache, once for each version.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.search.node import java

HERE = Path(__file__).parent
VERSION = re.search(r"<elasticsearch.version>(.+?)<", (HERE / "pom.xml").read_text())[1]
NETWORK = "transport-netty4"
# Those of the module that answers over HTTP; the others are the server's own.
ITS_JARS = ("netty-*.jar", "transport-netty4-*.jar", "elasticsearch-ssl-config-*.jar")
DESCRIPTION = {
    "description": "HTTP and transport on netty",
    "version": VERSION,
    "name": NETWORK,
    "classname": "org.elasticsearch.transport.netty4.Netty4Plugin",
    "java.version": "21",
    "elasticsearch.version": VERSION,
    "extended.plugins": "",
    "has.native.controller": "false",
    "licensed": "false",
}


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tests-of-search"


def layout() -> Path:
    """The folder with `lib`, `modules` and `classes`, made when it is not there.

    Raises FileNotFoundError for a tool that is missing, RuntimeError for what Maven says.
    """
    folder = cache() / VERSION
    with alone(folder.with_name(f"{VERSION}.lock")):
        if not (folder / "classes").exists():
            shutil.rmtree(folder, ignore_errors=True)
            _fetch(folder)
        compiled = folder / "classes" / "Node.java"
        if not compiled.exists() or compiled.read_text() != (HERE / "Node.java").read_text():
            _compile(folder)
            shutil.copy(HERE / "Node.java", compiled)
    return folder


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Other processes wait here until the block ends, however it ends."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(folder: Path) -> None:
    if not shutil.which("mvn"):
        raise FileNotFoundError("Maven gets the search engine of the tests: install it.")
    library, module = folder / "lib", folder / "modules" / NETWORK
    module.mkdir(parents=True)
    command = ["mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:copy-dependencies"]
    # What Maven says of itself is of interest only when it fails.
    done = subprocess.run(
        [*command, f"-DoutputDirectory={library}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"Maven: {done.stdout[-2000:]}")
    for pattern in ITS_JARS:
        for jar in library.glob(pattern):
            jar.rename(module / jar.name)
    (folder / "compiler").mkdir()
    for jar in library.glob("ecj-*.jar"):
        jar.rename(folder / "compiler" / jar.name)
    lines = [f"{name}={value}\n" for name, value in DESCRIPTION.items()]
    (module / "plugin-descriptor.properties").write_text("".join(lines))
    (folder / "classes").mkdir()


def _compile(folder: Path) -> None:
    compiler = next((folder / "compiler").glob("*.jar"))
    jars = ":".join(str(path) for path in (folder / "lib").glob("*.jar"))
    command = [java.executable(), "-jar", compiler, "-21", "-nowarn", "-cp", jars]
    subprocess.run([*command, "-d", folder / "classes", HERE / "Node.java"], check=True)


if __name__ == "__main__":
    try:
        layout()
    except (FileNotFoundError, RuntimeError, subprocess.CalledProcessError) as problem:
        sys.exit(f"The search engine of the tests could not be laid out: {problem}")
