"""What to tell a person when the project itself does not load: a model or a handler that is broken as Python."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from inspect import get_annotations
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.errors import PydanticErrorMixin
from typing_extensions import is_typeddict

from tools.artefacts import ROOT
from tools.syntax.modules import Definition, module_named
from tools.syntax.types import field_of

CONTRACT = (ROOT / "models", ROOT / "handlers")
ENGINE = ROOT / "models" / "operation.py"
"""Where an operation is made: what is wrong with one is mended where it is declared."""


def unimportable(error: BaseException) -> str | None:
    """A sentence with the line to mend, if models or handlers cannot be loaded; None if that is not what went wrong."""
    text = str(error).partition("\n")[0]
    files = list(_frames(error))
    if isinstance(error, SyntaxError) and error.filename:
        files.append((Path(error.filename), error.lineno or 1, "<module>"))
        text = error.msg
    ours = [frame for frame in files if any(frame[0].is_relative_to(folder) for folder in CONTRACT)]
    kind = type(error).__name__
    if any(name == "<module>" for _, _, name in ours):
        file, line, _ = next((frame for frame in reversed(ours) if frame[0] != ENGINE), ours[-1])
        return (
            f"{file.relative_to(ROOT).as_posix()}:{line} does not import ({kind}: {text}); mend it and run this again"
        )
    if isinstance(error, PydanticErrorMixin) or any(name == "_location" for _, _, name in ours):
        place, why = next(_unbuilt(), ("models/", text))
        return f"{place} cannot be built ({why}); mend it and run this again"
    return None


def _frames(error: BaseException) -> Iterator[tuple[Path, int, str]]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield Path(frame.filename), frame.lineno or 1, frame.name


def _unbuilt() -> Iterator[tuple[str, str]]:
    """The fields of the models whose types cannot be read, and why. Types are read on first use, long after the import."""
    for name in sorted(sys.modules):
        written = module_named(name) if name.startswith("models.") else None
        for known in written.definitions.values() if written else ():
            cls = getattr(sys.modules[name], known.name, None)
            if isinstance(cls, type) and cls.__module__ == name and (issubclass(cls, BaseModel) or is_typeddict(cls)):
                yield from _unbuilt_fields(cls, known, sys.modules[name])


def _unbuilt_fields(cls: type[Any], known: Definition, module: ModuleType) -> Iterator[tuple[str, str]]:
    for name, annotation in get_annotations(cls).items():
        found = field_of(known, name)
        why = _why(annotation, module) or _unplaced(cls, name)
        if why and found:
            yield f"{known.module.path}:{found.statement.lineno}", f"{cls.__name__}.{name}: {why}"


def _why(annotation: Any, module: ModuleType) -> str | None:
    """Why a type cannot be read; None if it can."""
    text = getattr(annotation, "__forward_arg__", annotation)
    if str(text).startswith("ClassVar"):
        return None
    try:
        # The text is this project's own, and Python has run the module that it stands in.
        TypeAdapter(eval(text, vars(module)) if isinstance(text, str) else text)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    return None


def _unplaced(cls: type[Any], name: str) -> str | None:
    """A field of a request that does not say where it is."""
    from models.operation import Body, Cookie, Header, Path, Query
    from models.wire import Request

    if not issubclass(cls, Request):
        return None
    marks = cls.model_fields[name].metadata
    placed = any(isinstance(mark, Path | Query | Header | Cookie | Body) for mark in marks)
    return None if placed else "it has no location; annotate it with Path(), Query(), Header(…), Cookie(…) or Body()"
