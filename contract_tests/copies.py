"""Copies of what the tools read, to be broken on purpose, and the tools run on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.artefacts import ROOT


def copied(folder: Path) -> Path:
    """The folder, with the parts of the project that the tools read and write.

    Files keep their times, so that bytecode which is there already stays good but for what a test changes.
    """
    for name in ("models", "handlers", "tools", "golden", "spec"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def repository(folder: Path) -> Path:
    """The folder, committed whole on `main` of a repository of its own: what a change is compared with."""
    git(folder, "init", "--quiet", "--initial-branch", "main")
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/exclude").write_text("__pycache__\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it was")
    return folder


def git(folder: Path, *args: str) -> str:
    """What git says in a repository; nothing of this machine's settings is read."""
    identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@bellwether.example", "-c", "gc.auto=0")
    environ = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), *identity, *args]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """One command of the tools on a copy, writing into pipes, 80 columns wide."""
    environ = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "80", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "tools", *args]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
