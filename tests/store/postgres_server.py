"""A PostgreSQL server of one's own: a new cluster in a folder, on a free port of this machine, then gone."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
WAIT = 60


class Unavailable(Exception):
    """Why there can be no server."""


def program(name: str) -> str:
    """Return the path of a program of PostgreSQL. Raises Unavailable where it is not installed."""
    found = shutil.which(name, path=os.pathsep.join([*map(str, PLACES), os.environ.get("PATH", "")]))
    if found is None:
        raise Unavailable(f"{name} is not installed (Debian: apt-get install postgresql)")
    return found


@contextmanager
def private_server(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """Give the SQLAlchemy address of an empty database of a server that lives as long as the block.

    Not `durable` it is quicker and waits for no disk. PostgreSQL refuses to run as root; root starts it as the user `postgres`, in a folder of that user.
    """
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    user: dict = {}
    owned = folder
    if os.geteuid() == 0:
        try:
            person = pwd.getpwnam("postgres")
        except KeyError:
            raise Unavailable("PostgreSQL does not run as root, and there is no user «postgres»") from None
        user = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
        owned = Path(tempfile.mkdtemp(prefix="kafe-postgres-"))
        os.chown(owned, person.pw_uid, person.pw_gid)
    owned.mkdir(exist_ok=True)
    data, log, password = owned / "data", owned / "log", secrets.token_hex(16)
    secret = owned / "password"
    secret.write_text(password, encoding="utf-8")
    secret.chmod(0o644)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: object) -> None:
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, cwd=owned, check=False, **user
        )
        if done.returncode:
            said = log.read_text(encoding="utf-8") if log.exists() else ""
            raise RuntimeError(f"{command[0]} failed: {done.stderr}{said}")

    try:
        run(initdb, "-D", data, "-U", "kafe", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        if not durable:
            settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        run(pg_ctl, "-D", data, "-l", log, "-w", "-t", WAIT, "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://kafe:{password}@127.0.0.1:{port}/postgres"
        finally:
            run(pg_ctl, "-D", data, "-w", "-t", WAIT, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(owned, ignore_errors=True)
