"""The house as DESIGN and HOUSE_STYLE draw it, held to by reading the source: nothing here runs the product."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ["cseplan", "boards", "actions", "reports"]  # from the ground up: imports go down only
TOP = {
    "manage.py", "cseplan", "actions", "boards", "reports", "templates", "fixtures", "tests", "pyproject.toml",
    "README.md", "docs", "Makefile", "CHANGELOG.md", "LICENSE", "requirements.in", "requirements.txt",
    "requirements-dev.in", "requirements-dev.txt", "package.json", "package-lock.json",
}  # fmt: skip
PURE = [
    "actions/timescales.py",
    "actions/datewords.py",
    "actions/wordings.py",
    "actions/importing/tables.py",
    "actions/importing/layout.py",
    "actions/importing/columns.py",
    "actions/importing/readings.py",
    "actions/importing/rows.py",
    "cseplan/text.py",
    "cseplan/colours.py",
    "actions/importing/checking.py",
    "actions/importing/child.py",
    "actions/importing/packing.py",
    "actions/importing/readers/__init__.py",
    "actions/importing/readers/csv.py",
    "actions/importing/readers/docx.py",
    "actions/importing/readers/ods.py",
    "actions/importing/readers/xlsx.py",
]  # rules that import no Django
LONGEST_VIEW = 40
MAY_MARK_SAFE: set[str] = set()  # nobody
MAY_HOLD_STYLES: set[str] = set()  # no template
MAY_ASK_GUARDIAN = {"permissions.py", "changes.py"}  # and anything in a package of that name, and models
CLOCKS = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "date.today", "datetime.now", "datetime.today",
    "datetime.utcnow", "time.time", "Now",
}  # fmt: skip


def files(*endings: str) -> list[Path]:
    """The files of the project: what git has and what it would take, not what it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    paths = [Path(name) for name in listed if name and (not endings or name.endswith(endings))]
    return sorted({path for path in paths if (ROOT / path).is_file()})


def modules(*, migrations: bool = False) -> list[Path]:
    """The modules of the four apps."""
    return [path for path in files(".py") if path.parts[0] in FLOORS and (migrations or "migrations" not in path.parts)]


def read(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module a file imports, as (line, dotted name); `from . import x` is made whole."""
    package = list(path.parts[:-1])
    for node in ast.walk(read(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            yield node.lineno, whole
            yield from ((node.lineno, f"{whole}.{alias.name}") for alias in node.names)


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def called(path: Path) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(read(path)):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def is_view(path: Path) -> bool:
    return path.name == "views.py" or "views" in path.parts


def is_at_the_door(path: Path) -> bool:
    """Views and the middleware around them: where a request comes in."""
    return is_view(path) or path.name == "middleware.py"


def is_command(path: Path) -> bool:
    return "commands" in path.parts


def test_imports_go_down_only():
    wrong = [
        f"{path}:{line} imports {name}"
        for path in modules(migrations=True)
        for line, name in imported(path)
        if name.split(".")[0] in FLOORS and FLOORS.index(name.split(".")[0]) > FLOORS.index(path.parts[0])
    ]
    assert wrong == []


def test_the_product_imports_nothing_of_its_tests():
    assert [
        f"{path}:{line}" for path in modules() for line, name in imported(path) if name.split(".")[0] == "tests"
    ] == []


def test_no_app_names_a_model_of_a_floor_above_it():
    wrong = []
    for path in modules(migrations=True):
        above = FLOORS[FLOORS.index(path.parts[0]) + 1 :]
        for node, name in called(path):
            if name.split(".")[-1] in {"ForeignKey", "OneToOneField", "ManyToManyField", "get_model"}:
                given = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
                wrong += [f"{path}:{node.lineno} {value}" for value in given if str(value).split(".")[0] in above]
    assert wrong == []


@pytest.mark.parametrize("name", PURE)
def test_pure_rules_reach_no_django(name):
    """Nor does anything of ours that they import."""
    waiting, seen, wrong = [Path(name)], set(), []
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for line, module in imported(path):
            wrong += [f"{path}:{line} imports {module}"] if module.split(".")[0] == "django" else []
            own = Path(*module.split(".")).with_suffix(".py")
            if module.split(".")[0] in FLOORS and (ROOT / own).exists() and own not in seen:
                waiting.append(own)
    assert wrong == []


def test_views_fetch_through_a_scoped_queryset():
    wrong = [
        f"{path}:{node.lineno} {dotted(node)}"
        for path in modules()
        if is_view(path)
        for node in ast.walk(read(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert wrong == []


def test_views_do_not_fetch_by_model_class():
    """get_object_or_404(Action, ...) is Action.objects by another name."""
    wrong = [
        f"{path}:{node.lineno} {ast.unparse(node)}"
        for path in modules()
        if is_view(path)
        for node, name in called(path)
        if name.split(".")[-1] in {"get_object_or_404", "get_list_or_404"}
        and node.args
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[:1].isupper()
    ]
    assert wrong == []


def test_no_view_is_too_long_to_explain():
    wrong = []
    for path in modules():
        if is_view(path):
            for node in ast.walk(read(path)):
                if isinstance(node, ast.FunctionDef):
                    lines = (node.end_lineno or 0) - node.lineno + 1
                    wrong += [f"{path}:{node.lineno} {node.name} has {lines} lines"] if lines > LONGEST_VIEW else []
    assert wrong == []


def test_only_views_middleware_and_commands_ask_the_clock():
    wrong = [
        f"{path}:{node.lineno} {name}"
        for path in modules()
        if not is_at_the_door(path) and not is_command(path)
        for node, name in called(path)
        if ".".join(name.split(".")[-2:]) in CLOCKS
        and not (node.args and "local" in name)  # localdate(at) only turns a moment into a London date
    ]
    assert wrong == []


def test_rights_are_asked_in_the_permission_modules_alone():
    wrong = []
    for path in modules():
        home = path.name in MAY_ASK_GUARDIAN or "changes" in path.parts or "models" in path.parts
        wrong += [
            f"{path}:{node.lineno} {name}"
            for node, name in called(path)
            if name.split(".")[-1] in {"has_perm", "has_perms", "has_module_perms"} and path.name != "permissions.py"
        ]
        wrong += [
            f"{path}:{line} imports {name}"
            for line, name in imported(path)
            if name.split(".")[0] == "guardian" and not home
        ]
    assert wrong == []


def test_nothing_is_marked_safe():
    wrong = []
    for path in modules():
        if str(path) not in MAY_MARK_SAFE:
            wrong += [f"{path}:{line}" for line, name in imported(path) if name.endswith((".mark_safe", ".SafeString"))]
            wrong += [f"{path}:{node.lineno}" for node, name in called(path) if name.endswith("mark_safe")]
    for path in files(".html", ".svg", ".txt"):
        if path.parts[0] == "templates":
            text = (ROOT / path).read_text(encoding="utf-8")
            wrong += [f"{path}: {word}" for word in ("|safe", "autoescape off", "|safeseq") if word in text]
    assert wrong == []


def test_no_page_has_a_script_or_a_style_of_its_own():
    wrong = []
    for path in files(".html"):
        if path.parts[0] == "templates" and str(path) not in MAY_HOLD_STYLES:
            text = (ROOT / path).read_text(encoding="utf-8").lower()
            signs = (" style=", "<style", "javascript:", " onclick=", " onchange=", " onsubmit=", "hx-on")
            wrong += [f"{path}: {sign.strip()}" for sign in signs if sign in text]
            wrong += [f"{path}: inline script" for tag in text.split("<script")[1:] if "src=" not in tag.split(">")[0]]
    assert wrong == []


def test_no_module_is_named_for_nothing():
    names = {"utils", "util", "helpers", "helper", "common", "misc", "lib", "core", "tools"}
    wrong = [path for path in files(".py") if names & {part.removesuffix(".py") for part in path.parts}]
    assert wrong == []


def test_every_module_says_what_it_is():
    wrong = [
        str(path)
        for path in modules()
        if ast.get_docstring(read(path)) is None
        and (ROOT / path).read_text(encoding="utf-8").strip()
        and path.name not in {"apps.py", "urls.py", "__init__.py"}
        and not is_command(path)
        and not is_view(path)
    ]
    assert wrong == []


def test_the_top_of_the_house_has_only_the_agreed_names():
    found = {path.parts[0] for path in files()}
    assert {name for name in found if not name.startswith(".")} - TOP == set()


def test_no_file_names_a_folder_of_somebodys_machine():
    homes = ["/" + "work/", "/" + "home/", "/" + "root/", "/" + "Users/"]
    wrong = []
    for path in files():
        content = (ROOT / path).read_bytes()
        wrong += [f"{path}: {home}" for home in homes if home.encode() in content]
    assert wrong == []


def test_no_lock_names_an_address_to_download_from():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_no_third_partys_source_is_committed():
    big = [str(path) for path in files(".js", ".css", ".mjs") if (ROOT / path).stat().st_size > 20_000]
    minified = [str(path) for path in files() if ".min." in path.name]
    assert big + minified == []


def test_every_component_says_what_it_accepts():
    wrong = [
        str(path)
        for path in files(".html")
        if path.parts[:2] == ("templates", "components")
        and not (ROOT / path).read_text(encoding="utf-8").startswith("{% comment %}")
    ]
    assert wrong == []
