"""For every rule a contract that breaks it, the line at which the finding opens, and a contract that keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field

OTHER = """
OTHER = Operation(
    "$id",
    "GET",
    "$path",
    $request,
    (Returns(200, Thing, "What was found", example=THING),),
    summary="Find another thing",
    description="Looks for it.",
    examples=(Example("found", "what there is comes back", 200, {$sent}),),
)
"""


def other(id: str = "getOther", path: str = "/others", request: str = "GetThing", sent: str = "") -> dict[str, str]:
    """A second operation."""
    text = OTHER.replace("$id", id).replace("$path", path).replace("$request", request).replace("$sent", sent)
    return {"more": text, "operations": "GET, OTHER"}


def asked(text: str, sent: str = "", **parts: str) -> dict[str, str]:
    """A contract whose request has one more field."""
    return {"fields": f'    {text}\n    """What is wanted of it."""', "sent": sent, **parts}


def said(text: str, shown: str, described: str = "What is known of it.", **parts: str) -> dict[str, str]:
    """A contract whose response has one more field."""
    return {"members": f'    {text}\n    """{described}"""', "shown": shown, **parts}


@dataclass(frozen=True, slots=True)
class Case:
    """A rule, the parts of a contract that breaks it, the beginning of the line at fault, the parts of one that keeps it."""

    rule: str
    breaks: dict[str, str]
    line: str
    keeps: dict[str, str] = field(default_factory=dict)


DRAFT = 'class Draft(Content):\n    """What is to be."""\n\n    word: Word\n    """A word for it."""\n'
DRAFT_BODY = asked("draft: Annotated[Draft, Body()]", '"draft": {"word": "a"}', head=DRAFT, method="POST")
IN_DRAFT = 'class Draft(Content):\n    """What is to be."""\n\n    word: Word{}\n    """A word for it{}."""\n'
LOCATION = 'headers=(SentHeader("Location", Word, "Where it is", example="/things/1"),),'
RULE = 'WORDY = Rule("word_odd", ("query", "word"), "odd", "The word is even", {"word": "odd"})'
CHECK = '    def check(self) -> None:\n        if self.word == "odd":\n            raise broken(WORDY)'
EVENTS = '''
class Beat(Event):
    """It lives."""

    event: ClassVar[str] = "beat"
    count: Count
    """How often it has."""


BEATS = Streams(200, Iterator, "Beats", example="x", events=(Beat,))
'''


def stream() -> dict[str, str]:
    """A second operation, which streams."""
    text = OTHER.replace('(Returns(200, Thing, "What was found", example=THING),)', "(BEATS,)")
    text = text.replace("$id", "streamThings").replace("$path", "/stream").replace("$request", "GetThing")
    return {"head": EVENTS, "more": text.replace("$sent", ""), "operations": "GET, OTHER"}


def link(target: str, parameters: str = "{}") -> dict[str, str]:
    return {"returns": f'example=THING, links=(\n    Link("again", "{target}", {parameters}, "Look again"),\n),'}


def header(name: str) -> dict[str, str]:
    return {"returns": f'example=THING, headers=(\n    SentHeader("{name}", Count, "How many", example=1),\n),'}


def sized(annotation: str) -> dict[str, str]:
    return asked(f"size: Annotated[{annotation}, Query()] = 1")


CURSOR = '    cursor: Annotated[Cursor | None, Query()] = None\n    """Where to go on; null at first."""\n'
LIMIT = '    limit: Annotated[Limit100, Query()] = 20\n    """How many are wanted."""\n'
NEXT = '    next_cursor: Cursor | None\n    """Where the next page starts; null on the last."""\n'
PAGED = {"fields": LIMIT + CURSOR, "members": NEXT, "shown": '"next_cursor": None'}
LINKED = "safe=False, open_query=True,"
MAILED = {"declared": LINKED}
"""What the link of a mail opens."""


def button(path: str, declared: str = "open_query=True,") -> dict[str, str]:
    """What the link of a mail opens, and what a button posts to a path."""
    text = (
        other(path=path)["more"].replace('"GET"', '"POST"').replace("    examples=", f"    {declared}\n    examples=")
    )
    return {
        **MAILED,
        **asked("token: Annotated[Word | None, Query()] = None"),
        "more": text,
        "operations": "GET, OTHER",
    }


CASES = (
    Case("operation-id-form", {"id": "thing_get"}, '"thing_get"'),
    Case("operation-id-form", {"id": "thingOne"}, '"thingOne"', {"id": "listThings"}),
    Case("operation-id-unique", other("getThing"), '"getThing"', other()),
    Case("verb-fits-method", {"id": "deleteThing"}, '"GET"', {"id": "deleteThing", "method": "DELETE"}),
    Case("path-form", {"path": "/Things"}, '"/Things"', {"path": "/many-things"}),
    Case("path-form", {"path": "/things/"}, '"/things/"'),
    Case("path-parameter-declared", {"path": "/things/{thing_id}"}, '"/things/{thing_id}"'),
    Case(
        "path-parameter-declared",
        asked("thing_id: Annotated[Word, Path()]", '"thing_id": "a"'),
        "thing_id:",
        asked("thing_id: Annotated[Word, Path()]", '"thing_id": "a"', path="/things/{thing_id}"),
    ),
    Case(
        "path-parameter-alike",
        {"path": "/things/{id}", **other(path="/things/{thing_id}/others")},
        '"/things/{thing_id}/others"',
        {"path": "/things/{id}", **other(path="/things/{id}/others")},
    ),
    Case(
        "path-id-named",
        asked("thing: Annotated[Id, Path()]", '"thing": "c0ffee00-1111-4222-8333-444455556666"', path="/things/{thing}"),
        "thing:",
        asked(
            "thing_id: Annotated[Id, Path()]", '"thing_id": "c0ffee00-1111-4222-8333-444455556666"', path="/{thing_id}"
        ),
    ),
    Case("body-fits-method", {**DRAFT_BODY, "method": "DELETE"}, "draft:", DRAFT_BODY),
    Case(
        "public-change", {"method": "PUT"}, "GET = Operation(", {"method": "PUT", "declared": "level=Level.SESSION,"}
    ),
    Case(
        "write-limited",
        {"method": "POST"},
        "GET = Operation(",
        {"method": "POST", "declared": "limit=RateLimit(1, 60),"},
    ),
    Case("write-limited", {"method": "PUT", "declared": "level=Level.SESSION,"}, "GET = Operation("),
    Case("write-limited", {"declared": "safe=False,"}, "GET = Operation(", {"declared": ""}),
    Case("snake-case", said("itsSize: int", '"itsSize": 1'), "itsSize:", said("its_size: int", '"its_size": 1')),
    Case("snake-case", asked("itsSize: Annotated[Count, Query()] = 1"), "itsSize:", header("X-Its-Size")),
    Case("header-name", header("Thing-Count"), "SentHeader(", header("X-Thing-Count")),
    Case("header-name", header("X-thing_count"), "SentHeader("),
    Case(
        "header-settable",
        asked('host: Annotated[Word | None, Header("Host")] = None'),
        "host:",
        asked('host: Annotated[Word | None, Header("X-Host")] = None'),
    ),
    Case(
        "boolean-claims",
        said("not_found: bool", '"not_found": True'),
        "not_found:",
        said("known: bool", '"known": True'),
    ),
    Case("boolean-claims", asked("no_limit: Annotated[bool, Query()] = False"), "no_limit:"),
    Case(
        "time-named",
        said("made_at: Word", '"made_at": "a"'),
        "made_at:",
        said("made_at: Timestamp", '"made_at": "2024-01-31T14:30:00Z"'),
    ),
    Case(
        "time-named",
        said("made_date: Word", '"made_date": "a"'),
        "made_date:",
        said("made_date: DayText", '"made_date": "2024-01-31"'),
    ),
    Case(
        "unit-named",
        asked("timeout: Annotated[Count, Query()] = 1"),
        "timeout:",
        asked("timeout_seconds: Annotated[Count, Query()] = 1"),
    ),
    Case("class-named", {"request": "ThingQuestion"}, "class ThingQuestion", {"request": "FindThing"}),
    Case(
        "class-named",
        asked("draft: Annotated[CreateDraft, Body()]", '"draft": {"word": "a"}', method="POST",
              head=DRAFT.replace("class Draft", "class CreateDraft")),
        "class CreateDraft",
        DRAFT_BODY,
    ),
    Case("text-bounded", asked("name: Annotated[str | None, Query()] = None"), "name:"),
    Case(
        "text-bounded",
        {"head": 'Long = Annotated[str, StringConstraints(pattern="^a+$")]',
         **asked("name: Annotated[Long | None, Query()] = None")},
        "Long =",
        {"head": 'Short = Annotated[str, StringConstraints(pattern="^a{1,9}$")]',
         **asked("name: Annotated[Short | None, Query()] = None")},
    ),
    Case(
        "list-bounded",
        asked("names: Annotated[list[Word] | None, Query()] = None"),
        "names:",
        asked("names: Annotated[Annotated[list[Word], MaxLen(3)] | None, Query()] = None"),
    ),
    Case(
        "sent-list-bounded",
        said("names: list[Word]", '"names": []'),
        "names:",
        said("names: Annotated[list[Word], MaxLen(9)]", '"names": []'),
    ),
    Case("number-bounded", sized("Annotated[int, Ge(0)]"), "size:", sized("Annotated[int, Ge(0), Le(9)]")),
    Case("number-bounded", sized("float"), "size:", sized("Annotated[float, Ge(0), Le(9)]")),
    Case(
        "integer-exact",
        {"head": "Big = Annotated[int, Ge(0), Le(2**53)]", **said("size: Big", '"size": 1')},
        "Big =",
        {"head": "Big = Annotated[int, Ge(0), Le(2**53 - 1)]", **said("size: Big", '"size": 1')},
    ),
    Case("value-typed", said("extra: Any", '"extra": 1'), "extra:", said("extra: dict[str, int]", '"extra": {"a": 1}')),
    Case("value-typed", said("extra: dict[str, Any]", '"extra": {}'), "extra:"),
    Case(
        "union-told-apart",
        said(
            "part: One | Two",
            '"part": {"size": 1}',
            head='class One(Response):\n    """One."""\n\n    size: int\n    """Its size."""\n\n'
            'class Two(Response):\n    """Two."""\n\n    size: int\n    """Its size."""\n',
        ),
        "part:",
        said(
            "part: One | Two",
            '"part": {"kind": "one"}',
            head='class One(Response):\n    """One."""\n\n    kind: Literal["one"]\n    """Which it is."""\n\n'
            'class Two(Response):\n    """Two."""\n\n    kind: Literal["two"]\n    """Which it is."""\n',
        ),
    ),
    Case("union-apart", said("size: int | float", '"size": 1'), "size:", said("size: int | str", '"size": 1')),
    Case(
        "enum-case",
        said('kind: Literal["in_memory", "live-api"]', '"kind": "in_memory"'),
        "kind:",
        said('kind: Literal["in_memory", "live_api"]', '"kind": "in_memory"'),
    ),
    Case("enum-case", said('kind: Literal["OPEN", "inMemory"]', '"kind": "OPEN"'), "kind:"),
    Case(
        "null-explained",
        said("size: int | None", '"size": None', "Its size."),
        '"""Its size."""',
        said("size: int | None", '"size": None', "Its size; null if nobody has measured it."),
    ),
    Case(
        "null-explained",
        {**DRAFT_BODY, "head": IN_DRAFT.format(" | None = None", "")},
        '"""A word for it."""',
        {**DRAFT_BODY, "head": IN_DRAFT.format(" | None = None", "").replace("is to be.", "is to be; null stays.")},
    ),
    Case(
        "name-means-one-type",
        said(
            "part: Part",
            '"part": {"word": 1}',
            head='class Part(Response):\n    """A part."""\n\n    word: Count\n    """How many words it has."""\n',
        ),
        "word: Count",
        said(
            "part: Part",
            '"part": {"word": "a"}',
            head='class Part(Response):\n    """A part."""\n\n    word: Word\n    """Which word it has."""\n',
        ),
    ),
    Case(
        "pattern-anchored",
        {"head": 'Half = Annotated[str, StringConstraints(pattern="^a|b$")]', **said("name: Half", '"name": "a"')},
        "Half =",
        {"head": 'Whole = Annotated[str, StringConstraints(pattern="^(a|b)$")]', **said("name: Whole", '"name": "a"')},
    ),
    Case(
        "pattern-portable",
        {"head": r'Digits = Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]', **said("n: Digits", '"n": "1"')},
        "Digits =",
        {"head": 'Digits = Annotated[str, StringConstraints(pattern="^[0-9]{1,3}$")]', **said("n: Digits", '"n": "1"')},
    ),
    Case("page-complete", {"fields": LIMIT + CURSOR}, "cursor:", PAGED),
    Case("page-complete", {"members": NEXT, "shown": '"next_cursor": None'}, "next_cursor:"),
    Case("page-complete", {**PAGED, "fields": CURSOR}, "cursor:"),
    Case("cursor-refused", PAGED, "GET = Operation(", {**PAGED, "declared": "rules=(cursor_rule({}),),"}),
    Case(
        "limit-fits-page",
        {"fields": LIMIT, **said("names: Annotated[list[Word], MaxLen(50)]", '"names": []'), "head": ""} | {"fields": LIMIT},
        "limit:",
        {**said("names: Annotated[list[Word], MaxLen(100)]", '"names": []'), "fields": LIMIT},
    ),
    Case("no-content-empty", {"status": "204"}, "Returns(", {"status": "204", "body": "NoContent", "returns": ""}),
    Case("no-content-empty", {"body": "NoContent", "returns": ""}, "Returns("),
    Case("create-is-201", {"id": "createThing"}, "Returns(", {"id": "createThing", "status": "201"}),
    Case("created-is-found", {"status": "201"}, "Returns(", {"status": "201", "returns": f"example=THING, {LOCATION}"}),
    Case("created-is-found", {"status": "201", **link("signOut")}, "Returns(", {"status": "201", **link("getThing")}),
    Case("accepted-is-followed", {"status": "202"}, "Returns(", {"status": "202", **link("getThing")}),
    Case(
        "refusal-code-unique",
        {"head": "class ThingGone(NotFound):\n    title = 'Gone'\n",
         "declared": "refusals=(NotFound, ThingGone),"},
        "class ThingGone",
        {"head": "class ThingGone(NotFound):\n    title = 'Gone'\n    code = 'THING_GONE'\n",
         "declared": "refusals=(NotFound, ThingGone),"},
    ),
    Case(
        "refusal-shown",
        {"declared": "refusals=(NotFound,),"},
        "refusals=",
        {"declared": "refusals=(NotFound,),", "examples": 'Example("gone", "nothing is left", 404),'},
    ),
    Case(
        "secret-not-in-query",
        asked("session_token: Annotated[Word | None, Query()] = None"),
        "session_token:",
        asked('session_token: Annotated[Word | None, Header("X-Token")] = None'),
    ),
    Case(
        "secret-not-in-query",
        asked("password: Annotated[Word | None, Query()] = None"),
        "password:",
        {**stream(), **asked("password: Annotated[Word | None, Query()] = None"), "head": EVENTS, "operations": "OTHER"},
    ),
    Case(
        "secret-not-in-query",
        {**MAILED, **asked("password: Annotated[Word | None, Query()] = None")},
        "password:",
        {**MAILED, **asked("token: Annotated[Word | None, Query()] = None")},
    ),
    *(
        Case("secret-not-in-query", {"declared": text, **asked("token: Annotated[Word | None, Query()] = None")}, "token:")
        for text in ("safe=False,", "open_query=True,", f"{LINKED} level=Level.SESSION,", f'{LINKED} cache="max-age=60",')
    ),
    Case("secret-not-in-query", button("/others"), "token:", button("/things")),
    Case("secret-not-in-query", button("/things", ""), "token:"),
    Case(
        "secret-not-kept",
        said("token: Word", '"token": "a"', declared='cache="private, max-age=60", etag=True,'),
        "token:",
        said("token: Word", '"token": "a"'),
    ),
    Case(
        "cache-fits-level",
        {"declared": 'level=Level.SESSION,\n    cache="public, max-age=60",'},
        "cache=",
        {"declared": 'level=Level.SESSION,\n    cache="public, max-age=60", etag=True,'},
    ),
    Case(
        "etag-fits-cache", {"declared": "etag=True,"}, "etag=", {"declared": 'cache="private, no-cache", etag=True,'}
    ),
    Case(
        "etag-fits-cache",
        {"declared": 'cache="public, max-age=60",'},
        "cache=",
        {"declared": 'cache="public, max-age=60", etag=True,'},
    ),
    Case("described", {**link("getThing"), "declared": "rules=(WORDY,),", "head": RULE.replace("The word is even", "")},
         "WORDY ="),
    Case("described", {"returns": 'example=THING, headers=(\nSentHeader("X-A", Count, "", example=1),),'}, "SentHeader("),
    Case("described", {"returns": 'example=THING, links=(\nLink("a", "getThing", {}, ""),),'}, "Link(", link("getThing")),
    Case(
        "described",
        {"head": "class ThingGone(NotFound):\n    code = 'THING_GONE'\n    title = ''\n",
         "declared": "refusals=(ThingGone,),"},
        "class ThingGone",
    ),
    Case(
        "description-says-more",
        said("price: int", '"price": 1', "The price."),
        '"""The price."""',
        said("price: int", '"price": 1', "The price in cents."),
    ),
    Case("example-explained", {"examples": 'Example("notFound", "nothing is left", 200),'}, "Example("),
    Case("example-explained", {"examples": 'Example("not_found", "not found", 200),'}, 'Example("not_found"'),
    Case(
        "example-explained",
        {"examples": 'Example("found", "it is found again", 200),'},
        "Example(",
        {"examples": 'Example("again", "what was found is found again", 200),'},
    ),
    Case("deprecation-dated", {"declared": "deprecated=date(2024, 1, 1),"}, "deprecated="),
    Case("deprecation-dated", {"declared": "sunset=date(2024, 1, 1),"}, "sunset="),
    Case(
        "deprecation-dated",
        {"declared": "deprecated=date(2024, 1, 1),\n    sunset=date(2023, 1, 1),"},
        "sunset=",
        {"declared": "deprecated=date(2024, 1, 1),\n    sunset=date(2025, 1, 1),"},
    ),
    Case("link-leads", link("getNothing"), "Link("),
    Case("link-leads", link("getThing", '{"nothing": "a"}'), "Link("),
    Case("link-leads", link("getThing", '{"word": "$response.body#/nothing"}'), "Link("),
    Case("link-leads", link("getThing", '{"word": "$request.query.nothing"}'), "Link("),
    Case(
        "link-leads",
        link("getThing", '{"word": "$reply.body#/word"}'),
        "Link(",
        link("getThing", '{"word": "$response.body#/word"}'),
    ),
    Case("check-published", {"head": RULE, "fields": CHECK}, "class GetThing"),
    Case(
        "check-published",
        {"head": RULE, "fields": CHECK, "declared": "rules=(cursor_rule({}),),"},
        "rules=",
        {"head": RULE, "fields": CHECK, "declared": "rules=(WORDY,),"},
    ),
    Case(
        "no-hidden-validator",
        asked("even: Annotated[Annotated[int, AfterValidator(abs)], Query()] = 2"),
        "even:",
        asked("even: Annotated[Count, Query()] = 2"),
    ),
    Case(
        "no-hidden-validator",
        {"fields": "    @field_validator('word')\n    @classmethod\n    def _even(cls, value: Any) -> Any:\n        return value"},
        "word:",
    ),
    Case(
        "type-used",
        {"head": "Size = Annotated[int, Ge(0)]"},
        "Size =",
        {"head": "Size = Annotated[int, Ge(0)]", **said("size: Size", '"size": 1')},
    ),
)  # fmt: skip
