"""One command adds an aggregate to a service, and one a use case, after the pattern of the sample."""

import io
import re
import shutil
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path

import pytest
from ruff import find_ruff_bin

from harness.releases import Releases, copier, copy, data
from harness.rendering import Render, rendered_files
from harness.running import Project, run
from harness.sample import commands
from harness.variants import Answers, Variant, structures

type Edit = Callable[[Project], None]

# Two services do everything: all that differs between two structures is in one of them. The others are read.
EXECUTED = [
    {"framework": "fastapi", "concurrency": "async", "database": "sqlite"},
    {
        "framework": "django",
        "concurrency": "sync",
        "database": "postgresql",
        "admin": True,
        "package_name": "market_of_samples",
        "worker": "database",
    },
]

# The tests that the commands write, and those that look at every module, route, document and migration.
CONCERNED = "invoice or purchase_order or test_every_route or test_documents or test_migrations or test_unit_of_work"

# Shortest and longest; first and last of the alphabet; with "an", with two words, and with other plurals than -s.
NAMES = ("Ox", "Internationalisation", "Aaa", "Zzz", "Invoice", "PurchaseOrder", "Company", "Box")
WORDS = dict(
    zip(
        NAMES,
        ("internationalise", "decentralise_it", "ship", "aa", "track", "mark_paid", "z_z_z", "deny"),
        strict=True,
    )
)
ASKED = {"Ox", "Invoice"}
NAMED = [(variant, NAMES[number::4]) for number, variant in enumerate(structures()[i] for i in (0, 3, 5, 6))]

MIGRATIONS = "src/my_service/adapter/out/persistence/migrations"


@pytest.fixture(scope="module")
def pattern_of(releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Answers], Path]:
    """Answers to the render that tools/scaffold.py makes."""

    def get(answers: Answers) -> Path:
        folder = tmp_path_factory.mktemp("pattern")
        chosen = [*data({**answers, "client": False, "package_name": "pattern_package"}), "--answers-file=.pattern.yml"]
        copier("copy", "-q", "--defaults", *chosen, releases.folder, folder, cwd=folder)
        return folder

    return get


@pytest.fixture(scope="module")
def pattern(pattern_of: Callable[[Answers], Path]) -> Path:
    return pattern_of({})


@pytest.fixture
def service(render: Render, tmp_path: Path) -> Project:
    return Project.start(render({}), tmp_path / "service")


def add(service: Project, pattern: Path, *arguments: str, fails: bool = False) -> str:
    return run(sys.executable, pattern / "tools/pattern", *arguments, cwd=service.folder, fails=fails)


@pytest.mark.parametrize("answers", EXECUTED, ids=lambda answers: answers["framework"])
def test_all_checks_pass_with_aggregates_instead_of_the_sample(
    answers: Answers, releases: Releases, tmp_path: Path
) -> None:
    """Two aggregates and two use cases; their own tests ask the running service over HTTP."""
    service = copy(releases, tmp_path / "service", answers)
    service.sync()
    service.commit("Lock")
    printed = service.uv_run("poe", "aggregate", "Invoice", "--instead")
    service.commit("Add invoices")
    service.uv_run("poe", "aggregate", "PurchaseOrder")
    service.commit("Add purchase orders")
    service.uv_run("poe", "use-case", "purchase_order", "cancel")
    service.commit("Cancel them")
    service.uv_run("poe", "use-case", "purchase_order", "track", "--query")

    assert "Make Invoice your own, from the domain outwards:" in printed
    assert re.search(r"^\d+ files written, \d+ removed\.", printed, re.MULTILINE)
    assert re.search(r"^This took \d+ seconds\.$", printed, re.MULTILINE)
    assert not list(service.folder.rglob("*market*.py"))
    for check in ("lint", "format", "types", "architecture"):
        service.uv_run("poe", check)
    service.uv_run("pytest", "--quiet", "--ignore=tests/machinery", "-k", CONCERNED)
    service.commit("Track them")
    copier("update", "--defaults", "--quiet", cwd=service.folder)
    assert service.git("status", "--porcelain") == ""


@pytest.mark.parametrize(("variant", "names"), NAMED, ids=[str(variant) for variant, _ in NAMED])
def test_every_name_makes_clean_files(
    variant: Variant,
    names: tuple[str, ...],
    render: Render,
    pattern_of: Callable[[Answers], Path],
    tmp_path: Path,
) -> None:
    pattern = pattern_of(variant.answers)
    service = Project.start(render({**variant.answers, "package_name": "market"}), tmp_path / "service")
    for name in names:
        add(service, pattern, "aggregate", name)
        service.commit(name)
        add(service, pattern, "use-case", name, WORDS[name], *(["--query"] if name in ASKED else []))
        for command in (["check"], ["format", "--check", "--diff"]):
            run(find_ruff_bin(), *command, "--no-cache", ".", cwd=service.folder)
        service.commit(name)


def test_names_are_written_as_people_write_them(service: Project, pattern: Path) -> None:
    add(service, pattern, "aggregate", "Invoice")
    service.commit("Add")
    add(service, pattern, "aggregate", "HomeCity", "--plural", "HomeCities")

    texts = {path: text.decode() for path, text in rendered_files(service.folder).items() if path.endswith(".py")}
    invoice = texts["src/my_service/domain/model/invoice.py"]
    routes = texts["src/my_service/adapter/in_/http/home_cities.py"]
    assert '"""An invoice is published once."""' in invoice
    assert "def test_an_invoice_is_published_once" in texts["tests/contract/test_invoice_http.py"]
    assert 'prefix="/home-cities"' in routes
    assert '"""Create a home city; it is a draft until it is published."""' in routes
    new = [path for path in texts if re.search("invoice|home_cit", path)]
    assert len(new) > 40
    assert {path: found for path in new if (found := re.findall(r"(?i)market|farmers|\ba invoice", texts[path]))} == {}


def test_a_use_case_has_the_words_of_its_verb(service: Project, pattern: Path) -> None:
    add(service, pattern, "aggregate", "Invoice")
    service.commit("Add")
    printed = add(service, pattern, "use-case", "invoice", "pay", "--past", "paid")

    texts = {path: text.decode() for path, text in rendered_files(service.folder).items() if path.endswith(".py")}
    model = texts["src/my_service/domain/model/invoice.py"]
    migration = texts[f"{MIGRATIONS}/0003_pay_invoice.py"]
    assert "domain/event/invoice.py: what InvoicePaid says" in printed
    assert '"""Return the paid invoice; raise ``InvoiceAlreadyPaid``."""' in model
    assert 'ACTIVE = "ACTIVE"\n    PAID = "PAID"\n' in model
    assert 'AFTER = ["DRAFT", "ACTIVE", "PAID"]' in migration
    assert 'down_revision = "0002"' in migration
    assert '"/{slug}/pay"' in texts["src/my_service/adapter/in_/http/invoices.py"]
    new = [path for path in texts if "pay_invoice" in path]
    assert len(new) == 5
    text = "".join(texts[path] for path in new if "/migrations/" not in path)
    assert re.findall(r"(?i)market|publish(?!ed\[)|active", text) == []


def test_the_past_of_a_verb_is_regular(pattern: Path) -> None:
    pasts = {
        "ship": "shipped",
        "deny": "denied",
        "archive": "archived",
        "reject": "rejected",
        "mark_paid": "marked_paid",
    }
    code = "import sys, verbs; print(*map(verbs.regular_past, sys.argv[1:]))"
    printed = run(sys.executable, "-c", code, *pasts, cwd=pattern / "tools/pattern")
    assert printed.split() == list(pasts.values())


def test_the_next_migration_follows_the_last(service: Project, pattern: Path) -> None:
    add(service, pattern, "aggregate", "Invoice")
    text = (service.folder / MIGRATIONS / "0002_create_invoice.py").read_text()
    assert 'revision = "0002"\ndown_revision = "0001"\n' in text


def test_the_sample_goes_as_the_readme_says(service: Project, pattern: Path) -> None:
    """And the printed command undoes all of it, and nothing beside the service in a larger repository."""
    whole = Project(service.folder.parent)
    shutil.rmtree(service.folder / ".git")
    whole.git("init", "--quiet")
    whole.commit("Start")
    whole.append("other.txt", "Being written.\n")
    printed = add(service, pattern, "aggregate", "Invoice", "--instead")
    kept = {path: text for path, text in rendered_files(service.folder).items() if "invoice" not in path}

    undo = re.findall(r"^To undo all of it: (.+)$", printed, re.MULTILINE)[0]
    run("sh", "-c", undo, cwd=service.folder)
    assert whole.git("status", "--porcelain") == "?? other.txt\n"
    for command in commands(service)[:-1]:
        run("sh", "-c", command, cwd=service.folder)
    by_hand = rendered_files(service.folder)
    assert by_hand.keys() == {path for path in kept if "money" not in path}
    assert by_hand["README.md"] == kept["README.md"]
    assert by_hand[".copier-answers.yml"] == kept[".copier-answers.yml"]


def nothing(service: Project) -> None:
    pass


def leave_a_change(service: Project) -> None:
    service.append("README.md", "More.\n")


def leave_a_conflict(service: Project) -> None:
    service.append("README.md", f"{'<' * 7} before updating\n")
    service.commit("Merge")


def add_a_head(service: Project) -> None:
    (service.folder / MIGRATIONS / "0001_other.py").write_text('revision = "0001b"\ndown_revision = None\n')
    service.commit("Branch")


def edit_the_migration(service: Project) -> None:
    service.append(f"{MIGRATIONS}/0001_create_market.py", "# Ours.\n")
    service.commit("Edit")


def add_a_migration(service: Project) -> None:
    (service.folder / MIGRATIONS / "0002_other.py").write_text('revision = "0002"\ndown_revision = "0001"\n')
    service.commit("Add")


def use_the_sample(service: Project) -> None:
    service.append(
        "src/my_service/adapter/out/system.py",
        "\n\nfrom my_service.domain.model.market import Market\n\nUSED = Market\n",
    )
    service.commit("Use")


def break_the_document(service: Project) -> None:
    (service.folder / "docs/problems.md").write_text("# Problems\n")
    service.commit("Break")


def remove_the_sample(service: Project) -> None:
    for command in commands(service)[:-1]:
        run("sh", "-c", command, cwd=service.folder)
    service.commit("Remove")


def break_a_file(service: Project) -> None:
    service.append("src/my_service/config/container.py", "def (\n")
    service.commit("Break")


def remove_a_place(service: Project) -> None:
    service.edit("src/my_service/config/container.py", "return UseCases(", "return made_of(")
    service.commit("Change")


def remove_the_routes(service: Project) -> None:
    service.edit("src/my_service/adapter/in_/http/markets.py", "def market_routes(", "def our_routes(")
    service.commit("Change")


def add_a_class(service: Project) -> None:
    (service.folder / "src/my_service/domain/model/other.py").write_text("class Invoice:\n    pass\n")
    service.commit("Add")


REJECTED = [
    (leave_a_change, "aggregate Invoice", "Commit or stash your changes first"),
    (leave_a_conflict, "aggregate Invoice", "A merge left conflicts"),
    (add_a_head, "aggregate Invoice", "The migrations have several heads, 0001 and 0001b: merge them first."),
    (break_a_file, "aggregate Invoice", "src/my_service/config/container.py does not parse, in line "),
    (
        remove_a_place,
        "aggregate Invoice",
        "container.py no longer has `UseCases(…)` in `return` in `make_use_cases`, where this",
    ),
    (add_a_class, "aggregate Invoice", "src/my_service/domain/model/other.py has a class Invoice already"),
    (
        edit_the_migration,
        "aggregate Invoice --instead",
        "migrations/0001_create_market.py has been edited: leave out --instead",
    ),
    (
        add_a_migration,
        "aggregate Invoice --instead",
        "migrations/0002_other.py follows the migration of the sample: leave out",
    ),
    (
        use_the_sample,
        "aggregate Invoice --instead",
        "adapter/out/system.py needs Market of the sample: change it first.",
    ),
    (remove_the_sample, "aggregate Invoice --instead", "The sample has been removed before: leave out --instead."),
    (break_the_document, "aggregate Invoice", "problems.py fails on the result (docs/problems.md needs this line"),
    (nothing, "aggregate invoice", "invoice is not a name like Invoice or PurchaseOrder"),
    (nothing, "aggregate Abcdefghijklmnopqrstu", "at most 20 letters"),
    (nothing, "aggregate Class", "Choose another name: Python has its own class."),
    (nothing, "aggregate Order", "order is a reserved word of SQL"),
    (nothing, "aggregate Client", "the new files use Client for something else"),
    (nothing, "aggregate SuperMarket", "super_market has a word of the sample in it"),
    (nothing, "aggregate Sheep --plural sheep", "Choose a plural that differs from sheep"),
    (nothing, "aggregate Event", "Choose another name"),
    (nothing, "use-case order cancel", "domain/port/out/unit_of_work.py has no aggregate order: it has market."),
    (remove_the_sample, "use-case market cancel", "has no aggregate market: add one by `uv run poe aggregate`."),
    (nothing, "use-case market publish", "publish_market.py exists already: choose another name."),
    (nothing, "use-case market get --query", "get_market.py exists already: choose another name."),
    (nothing, "use-case market Cancel!", "is not like cancel or mark_paid"),
    (nothing, "use-case market import", "Python has its own import."),
    (nothing, "use-case market open", "Python has its own open."),
    (nothing, "use-case market replace", "the new files use replace for something else"),
    (nothing, "use-case market market", "market is the name of the aggregate."),
    (nothing, "use-case market reset --past reset", "Choose a --past that differs from reset"),
    (nothing, "use-case market track --query --past tracked", "leave out --past."),
    (leave_a_change, "use-case market cancel", "Commit or stash your changes first"),
    (add_a_head, "use-case market cancel", "The migrations have several heads, 0001 and 0001b"),
    (
        remove_a_place,
        "use-case market cancel",
        "container.py no longer has `UseCases(…)` in `return` in `make_use_cases`",
    ),
    (
        remove_the_routes,
        "use-case market cancel",
        "markets.py no longer has `market_routes`, where this belongs: @router.",
    ),
]


@pytest.mark.parametrize(("edit", "arguments", "sentence"), REJECTED, ids=[f"{e.__name__} {a}" for e, a, _ in REJECTED])
def test_what_cannot_work_is_rejected_and_nothing_is_written(
    edit: Edit, arguments: str, sentence: str, service: Project, pattern: Path
) -> None:
    edit(service)
    before = rendered_files(service.folder / "src"), service.git("status", "--porcelain")
    printed = add(service, pattern, *arguments.split(), fails=True)

    assert sentence in printed
    assert "Nothing was written." in printed
    assert "Traceback" not in printed
    assert (rendered_files(service.folder / "src"), service.git("status", "--porcelain")) == before


def test_a_second_run_is_rejected(service: Project, pattern: Path) -> None:
    add(service, pattern, "aggregate", "Invoice")
    service.commit("Add")
    assert "exists already: choose another name. Nothing was written." in add(
        service, pattern, "aggregate", "Invoice", fails=True
    )
    assert service.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (r"^_commit: .*\n", "", "This service follows no version of a template"),
        (r"^_src_path: .*$", "_src_path: /nowhere/at/all", "Copier could not read the template at /nowhere/at/all"),
    ],
)
def test_a_template_that_cannot_be_read_is_named(
    old: str, new: str, sentence: str, releases: Releases, tmp_path: Path
) -> None:
    service = copy(releases, tmp_path / "service", {})
    answers = service.folder / ".copier-answers.yml"
    answers.write_text(re.sub(old, new, answers.read_text(), flags=re.MULTILINE))
    service.commit("Move")

    printed = run(sys.executable, "tools/scaffold.py", "aggregate", "Invoice", cwd=service.folder, fails=True)

    assert sentence in printed
    assert "Nothing was written." in printed
    assert service.git("status", "--porcelain") == ""


def test_the_code_that_adds_aggregates_is_clean_and_reaches_no_service(pattern: Path, render: Render) -> None:
    own = {path for path in rendered_files(pattern) if path.startswith("tools/pattern/") and path.endswith(".py")}
    assert own
    for variant in structures():
        assert not own & rendered_files(render(variant.answers)).keys()
    for command in (["check"], ["format", "--check", "--diff"]):
        run(find_ruff_bin(), *command, "--no-cache", ".", cwd=pattern)
    assert {path: n for path in own if (n := (pattern / path).read_text().count("\n")) > 120} == {}


@pytest.mark.parametrize("variant", structures(), ids=str)
def test_nothing_but_the_sample_is_called_market(variant: Variant, render: Render) -> None:
    """The command renames the word wherever it meets it."""
    for path, content in rendered_files(render(variant.answers)).items():
        if path.endswith(".py") and "market" not in path and not path.startswith("tests/machinery/"):
            text = re.sub(r"# \[sample\].*?# \[/sample\]", "", content.decode(), flags=re.DOTALL)
            text = re.sub(r"^ *from [\w.]+ import (\([^()]*\)|.*)$", "", text, flags=re.MULTILINE)
            tokens = tokenize.generate_tokens(io.StringIO(text).readline)
            names = [token.string for token in tokens if token.type == tokenize.NAME]
            assert not [name for name in names if "market" in name.lower()], path
