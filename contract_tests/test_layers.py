"""Who may import whom, read from the source; and the names that may not appear."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "models": {"models"},
    "handlers.runtime": {"handlers.runtime"},
    "handlers.domain": {"handlers.domain", "handlers.runtime", "models"},
    "handlers.storage": {"handlers.storage", "handlers.runtime", "handlers.domain", "models"},
    "handlers.feeds": {"handlers.feeds", "handlers.runtime", "handlers.domain", "models"},
    "handlers.gate": {"handlers.gate", "handlers.runtime", "models"},
    "handlers.backend": {"handlers.backend", "handlers.runtime", "handlers.storage", "handlers.feeds", "models"},
    "handlers.assembly": {
        "handlers.backend",
        "handlers.gate",
        "handlers.runtime",
        "handlers.storage",
        "handlers.feeds",
        "models",
    },
    "handlers.dashboard": {"handlers", "models"},
    "handlers.stream": {"handlers", "models"},
    # Jobs answer nobody: what assembles the gate of a function is none of their business.
    "handlers.jobs": {
        "handlers.jobs",
        "handlers.backend",
        "handlers.gate",
        "handlers.runtime",
        "handlers.domain",
        "handlers.storage",
        "handlers.feeds",
        "models",
    },
    "tools": {"tools", "handlers", "models"},
}
TOP_LEVEL = {
    "spec", "models", "handlers", "contract_tests", "golden", "tools", "pyproject.toml", "README.md", "Makefile",
    "LICENSE", "requirements.lock",
}  # fmt: skip
FUNCTIONS = ("handlers.dashboard", "handlers.stream", "handlers.jobs")


def sources(folder: str) -> Iterator[Path]:
    yield from sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return max((layer for layer in MAY_IMPORT if name == layer or name.startswith(f"{layer}.")), key=len, default="")


def ours(name: str) -> bool:
    return name.split(".")[0] in ("models", "handlers", "tools", "contract_tests")


def within(name: str, layers: set[str]) -> bool:
    return any(name == layer or name.startswith(f"{layer}.") for layer in layers)


def crossings() -> Iterator[str]:
    for path in (*sources("models"), *sources("handlers"), *sources("tools")):
        layer = layer_of(path)
        for name in imported(path):
            if ours(name) and layer and not within(name, MAY_IMPORT[layer]):
                yield f"{path.relative_to(ROOT)} imports {name}"


def test_imports_follow_the_arrows() -> None:
    found = sorted(set(crossings()))

    assert found == []


def test_one_function_never_imports_another() -> None:
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for function in FUNCTIONS
        for path in sources(function.replace(".", "/"))
        for name in imported(path)
        if any(within(name, {other}) for other in FUNCTIONS if other != function)
    ]

    assert found == []


def entry_points() -> set[str]:
    """The modules of `handlers.jobs` that are functions of their own."""
    found = {path.stem for path in sources("handlers/jobs") if "\nhandler = entry(" in path.read_text("utf-8")}
    return {f"handlers.jobs.{name}" for name in found}


def test_one_job_never_imports_another() -> None:
    jobs = entry_points()
    found = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources("handlers")
        for name in imported(path)
        if any(within(name, {job}) for job in jobs)
    ]

    assert {"handlers.jobs.collect_news", "handlers.jobs.analyze_news", "handlers.jobs.heal"} <= jobs
    assert found == []


def test_no_handler_imports_the_registry() -> None:
    found = [path for path in sources("handlers") if "models.registry" in set(imported(path))]

    assert found == []


def test_only_the_adapters_import_a_database_driver() -> None:
    drivers: dict[str, tuple[str, ...]] = {
        "sqlite3": ("handlers/storage/sqlite.py",),
        "boto3": (),
        "botocore": ("handlers/storage/dynamodb.py", "handlers/storage/sqs.py", "handlers/runtime/secrets.py"),
    }
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("handlers")
        for name in imported(path)
        if (homes := drivers.get(name.split(".")[0])) is not None and str(path.relative_to(ROOT)) not in homes
    ]

    assert found == []


def test_packages_have_empty_init_files() -> None:
    found = [path for folder in ("models", "handlers", "tools", "contract_tests") for path in sources(folder)
             if path.name == "__init__.py" and path.read_bytes()]  # fmt: skip

    assert found == []


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in listing.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_the_top_level_is_what_was_agreed() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


# The needles are put together here so that this file does not hold them.
NEEDLES = (
    "fast" + "api",
    "man" + "gum",
    "star" + "lette",
    "uvi" + "corn",
    "test" + "client",
    "lambda[-_ ]?web" + "[-_ ]?adapter",
)


def test_names_that_may_not_appear_do_not() -> None:
    needle = re.compile("|".join(NEEDLES), re.IGNORECASE)
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if needle.search(path.read_bytes().decode("utf-8", "ignore")) or needle.search(path.name)
    ]

    assert found == []


@pytest.mark.parametrize("needle", NEEDLES)
def test_the_search_for_names_finds_them_where_they_are(needle: str) -> None:
    text = needle.replace("[-_ ]?", "-").upper()

    assert re.search("|".join(NEEDLES), text, re.IGNORECASE)
