"""The commands, called as a user calls them, on real projects."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import annotator
from annotator.cli import main
from annotator.cli.progress_bar import ProgressBar
from annotator.cli.table import display_width, render_table
from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.span import Span
from annotator.domain.review.stopwatch import WorkInterval
from annotator.domain.tagset.changes import RemoveLabel
from annotator.services.suggesting import dask_pool as cluster
from annotator.session import Session
from annotator.storage.project import Project
from tests.formats.marks import marked, plain_conll
from tests.services.corpus.corpora import add_annotation, finish, make_project, settle

ARTICLE = marked("قال ⟦PERS|محمد⟧ في و⟦LOC|ديالى⟧ إن الوضع هادئ.")
COMMANDS = [
    "open",
    "demo",
    "new",
    "import",
    "suggest",
    "train",
    "export",
    "assign",
    "pack",
    "merge",
    "adjudicate",
    "sync",
    "remove",
    "tagset",
    "rules",
    "team",
    "agreement",
    "stats",
    "progress",
    "backup",
    "restore",
    "check",
    "repair",
    "evaluate",
    "effort",
    "models",
    "formats",
    "doctor",
    "desktop",
    "completion",
]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work in an empty folder with its own settings and data."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield


def call(*arguments: str | Path, code: int = 0) -> Result:
    """Run a command and check its exit code. Exceptions that are not UserErrors are raised."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def recording(opened: list[Any]) -> Callable[..., int]:
    """Return a replacement for app.run that records the path and returns 0."""

    def run(path: Path | None, **_options: Any) -> int:
        opened.append(path)
        return 0

    return run


def parse(result: Result) -> Any:
    """Return the JSON that a command printed."""
    return json.loads(result.stdout)


@pytest.fixture
def project() -> Path:
    """Return the path of a project with one annotated article."""
    path = Path("news.annot")
    make_project(path, [ARTICLE]).close()
    return path


def test_help_lists_every_command_in_the_order_of_work() -> None:
    shown = call("--help").stdout
    assert [line.split()[0] for line in shown.split("Commands:")[1].splitlines() if line.strip()] == COMMANDS
    assert annotator.__version__ in call("--version").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = main.commands[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
    short = command.get_short_help_str(70)
    assert not short.endswith("..."), short
    assert call(name, "-h").stdout.startswith(f"Usage: main {name}")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from annotator.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'PySide6', 'onnxruntime', 'tokenizers', 'numpy', 'camel_tools', 'sqlite_utils'}\n"
        "print(heavy & {name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "annotator", "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: annotator ")


def interrupted_while_importing(module: str, first: str = "") -> subprocess.CompletedProcess[str]:
    """Start the program and send it SIGINT when it imports a module; first is code that runs before."""
    # A background job of a shell ignores SIGINT, and its children inherit that.
    program = (
        f"import os, signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n{first}\n"
        "class CtrlC:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, CtrlC())\n"
        "from annotator.cli import main\n"
        "print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)\n"
        "main(['tagset', 'list'])"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_ctrl_c_during_startup_exits_silently() -> None:
    done = interrupted_while_importing("annotator.cli.window_commands")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_startup_restores_the_handler_of_ctrl_c_and_leaves_others_alone() -> None:
    assert interrupted_while_importing("nothing").stdout.startswith("True\n")
    done = interrupted_while_importing("annotator.cli.window_commands", "signal.signal(signal.SIGINT, signal.SIG_IGN)")
    assert (done.returncode, done.stdout.splitlines()[0], done.stderr) == (0, "False", "")


def test_commands_can_be_imported_in_another_thread() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\nfrom importlib import import_module\n"
        "with ThreadPoolExecutor(1) as pool: print(pool.submit(import_module, 'annotator.cli').result().main.name)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "main\n"


def test_ctrl_c_while_parsing_exits_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "parse_args", stop)
    result = call("tagset", "list", code=130)
    assert "Abort" not in result.stderr


def test_a_mistyped_command_gets_a_suggestion() -> None:
    assert "Did you mean: annotator import?" in call("imprt", "x", code=2).stderr


def test_a_project_alone_opens_the_window(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    opened: list[Path | None] = []
    import annotator.app

    monkeypatch.setattr(annotator.app, "run", recording(opened))
    call(project)
    call("open", project)
    call()
    Path("exprot").write_bytes(project.read_bytes())
    call("exprot")
    assert opened == [project, project, None, Path("exprot")]


def test_new_does_not_overwrite_a_project() -> None:
    assert "PERS, ORG, ARMED" in call("new", "news.annot").stdout
    assert call("new", "news.annot", code=2).stderr.startswith("Error: ")
    assert "PERS, LOC, ORG, MISC" in call("new", "small.annot", "--tagset", "camel").stdout
    assert "camel, security, wojood" in call("new", "x.annot", "--tagset", "none", code=2).stderr


def test_import_adds_what_it_can_and_lists_the_rest(project: Path) -> None:
    Path("good.txt").write_text("بغداد هادئة.", "utf-8")
    Path("bad.json").write_text("{", "utf-8")
    result = call("import", project, "good.txt", "bad.json", code=1)
    assert result.stdout == "1 article added, 0 already there, 1 refused.\n"
    assert result.stderr.startswith("bad.json")
    again = call("import", project, "good.txt")
    assert again.stdout == "0 articles added, 1 already there, 0 refused.\n"
    assert "good.txt: already there" in again.stderr
    counts = parse(call("import", project, "--json", "bad.json", code=2))
    assert (counts["added"], len(counts["problems"])) == (0, 1)


def test_user_errors_are_one_line_each(project: Path) -> None:
    Path("text.annot").write_text("no project")
    for arguments in (
        ["stats", "none.annot"],
        ["stats", "text.annot"],
        ["import", "none.annot", "x.txt"],
        ["export", project, "out.docx"],
        ["export", project, Path("none", "out.conll")],
        ["export", project, project],
        ["merge", project, "none.annot"],
        ["suggest", project, "--suggester", "nobody"],
    ):
        stderr = call(*arguments, code=2).stderr
        assert stderr.startswith("Error: ")
        assert len(stderr.splitlines()) == 1


def test_suggest_prints_counts_or_json_lines(project: Path) -> None:
    assert "lexicon: " in call("suggest", project).stdout
    lines = [
        json.loads(line) for line in call("suggest", project, "--suggester", "lexicon", "--json").stdout.splitlines()
    ]
    assert lines
    assert all(list(line) == ["document", "start", "end", "label", "text", "score", "suggester"] for line in lines)
    assert all(ARTICLE.document.text[line["start"] : line["end"]] == line["text"] for line in lines)
    assert "ديالى" in {line["text"] for line in lines}
    assert {line["suggester"] for line in lines} == {"lexicon"}
    shown = [json.loads(line)["suggester"] for line in call("suggest", project, "--json").stdout.splitlines()]
    assert shown and all(name.startswith("combined:") for name in shown)


def test_suggest_runs_processes_and_reports_a_missing_scheduler(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "lexicon: " in call("suggest", project, "--suggester", "lexicon", "--processes", "2").stdout
    monkeypatch.setattr(cluster, "_WAIT", 1)
    stderr = call("suggest", project, "--suggester", "lexicon", "--scheduler", "nowhere:1", "--rerun", code=2).stderr
    assert stderr.startswith("Error: No scheduler answers at nowhere:1 ")
    assert len(stderr.splitlines()) == 1


def test_progress_ignores_the_steps_of_an_earlier_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with ProgressBar("Suggesting") as progress:
        progress(900, 1000)
        bar = progress._bar
        assert (bar.pos, bar.length) == (0, 100)
        progress(950, 1000)
        assert (bar.pos, bar.pct) == (50, 0.5)


def test_export_writes_finished_articles_by_default(project: Path) -> None:
    untouched, begun = marked("خبر لم يقرأه أحد."), marked("وقال ⟦PERS|سعاد⟧ ذلك")
    with Project.open(project) as opened:
        for each in (untouched, begun):
            opened.documents.add(each.document)
        for annotation in begun.annotations:
            add_annotation(opened, begun.document.id, annotation)
    Path("out.jsonl").write_text("what was there before")
    refused = call("export", project, "out.jsonl", code=2)
    assert refused.output == (
        "Error: Nothing to export: no annotator finished any article of news.annot (2 begun, 1 untouched). "
        "Finish some, or use --documents labelled or --documents all.\n"
    )
    assert Path("out.jsonl").read_text() == "what was there before"
    assert "Nothing to export" in call("export", project, "c", "--split", "100", "--format", "json", code=2).output
    with Project.open(project) as opened:
        finish(opened, ARTICLE.document.id, "a1")

    def exported(*options: str) -> list[str]:
        """Return the ids of the articles that an export with these options writes."""
        call("export", project, "out.jsonl", *options)
        return [json.loads(line)["id"] for line in Path("out.jsonl").read_text("utf-8").splitlines()]

    article, *others = ARTICLE.document.id, untouched.document.id, begun.document.id
    assert exported() == exported("--documents", "finished") == [article]
    assert exported("--documents", "labelled") == [article, begun.document.id]
    assert exported("--documents", "all") == [article, *others]
    shown = call("export", project, "out.jsonl").stdout
    assert "Articles not selected: 2 (not-done 2), with 1 span.\nTheir states: begun 1, untouched 1.\n" in shown
    assert "To export articles that were only begun, use --documents labelled.\n" in shown
    counts = json.loads(Path("export-report.json").read_text("utf-8"))
    assert counts["documents_not_selected_by_state"] == {"finished": 0, "begun": 1, "untouched": 1, "removed": 0}
    assert counts["options"]["documents"] == "finished"


def test_done_only_is_the_former_name_of_documents_finished(project: Path) -> None:
    with Project.open(project) as opened:
        finish(opened, ARTICLE.document.id, "a1")
    printed = call("export", project, "out.jsonl", "--done-only").stderr
    assert printed == "--done-only is now --documents finished, which is the default.\n"
    assert json.loads(Path("export-report.json").read_text("utf-8"))["options"]["documents"] == "finished"
    both = ("--done-only", "--documents", "all")
    assert "--done-only means --documents finished" in call("export", project, "o.json", *both, code=2).stderr
    assert "--done-only" not in call("export", "--help").stdout


def test_former_names_of_the_export_options_are_accepted_for_one_release(project: Path) -> None:
    former = ("--whose", "majority", "--with-suggestions", "--since", "2020-01-01", "--keep-undated", "--key", "k")
    present = ("--resolve", "--include-suggestions", "--include-undated", "--salt")
    names = ("--pseudonymize", "PERS", "--documents", "all")
    printed = call("export", project, "out.jsonl", *former, *names).stderr
    replaced = ("--whose", "--with-suggestions", "--keep-undated", "--key")
    notes = [f"{old} is now {new}." for old, new in zip(replaced, present, strict=True)]
    assert sorted(printed.splitlines()) == sorted(notes)
    options = json.loads(Path("export-report.json").read_text("utf-8"))["options"]
    assert (options["whose"], options["suggestions"], options["undated"]) == ("majority", True, True)


def test_export_takes_the_format_from_the_extension_or_the_option(project: Path) -> None:
    begun = ("--documents", "labelled")
    shown = call("export", project, "out.conll", *begun).stdout
    assert "Written with changed boundaries: 1 (clitic 1)." in shown
    ((sentence,),) = plain_conll(Path("out.conll").read_text("utf-8")).values()
    assert ("وديالى", "B-LOC") in sentence
    counts = parse(call("export", project, "out", "--format", "conll", "--clitics", "split", "--json", *begun))
    assert counts["spans_written_exactly"] == 2
    assert json.loads(Path("export-report.json").read_text("utf-8"))["spans_adapted_to"] == {"clitic": 1}
    call("export", project, "out.jsonl", "--annotator", "a1", "--include-debris", *begun)
    assert len(json.loads(Path("out.jsonl").read_text("utf-8"))["spans"]) == 2


def test_export_resolves_by_majority_or_adjudicator(project: Path) -> None:
    with Project.open(project) as opened:
        add_annotation(opened, ARTICLE.document.id, Annotation("x", Span(0, 3), "ORG", "a2"))
    call("team", "switch", project, "a1")
    assert call("team", "set-role", project, "Omar", "adjudicator").stdout == "Omar is now an adjudicator.\n"
    assert "adjudicator" in call("team", "list", project).stdout.splitlines()[1]
    (_, omar, _) = sorted(parse(call("team", "list", project, "--json")), key=lambda row: row["id"])
    assert (omar["role"], omar["done"], omar["documents"], omar["annotations"]) == ("adjudicator", 0, 1, 1)
    options = ["--annotator", "a1", "--annotator", "a2", "--resolve", "majority", "--json", "--documents", "labelled"]
    assert parse(call("export", project, "out.jsonl", *options))["spans_not_selected"] == {"no-majority": 3}
    options = ["--resolve", "adjudicated", "--since", "2020-01-01", "--include-undated"]
    assert "no adjudicator settled any article of" in call("export", project, "o.jsonl", *options, code=2).stderr
    other = marked("خبر آخر.")
    with Project.open(project) as opened:
        opened.documents.add(other.document)
        settle(opened, other.document.id, "a2")
    assert "not-adjudicated 1" in call("export", project, "out.jsonl", *options).stdout
    assert "cannot mark suggestions" in call("export", project, "out.conll", "--include-suggestions", code=2).stderr
    assert "needs --since" in call("export", project, "out.jsonl", "--include-undated", code=2).stderr


def test_the_former_command_team_lists_and_sets_roles(project: Path) -> None:
    listed = call("team", "list", project).stdout
    for words in (("team", project), ("annotators", "list", project)):
        former = call(*words)
        assert (former.stdout, former.stderr.count("is now")) == (listed, 1)
    call("team", "switch", project, "a1")
    assert "adjudicator" in call("team", project, "--adjudicator", "Omar").stdout.splitlines()[1]
    assert "adjudicator" not in call("team", project, "--annotator", "Omar").stdout
    assert "both roles" in call("team", project, "--adjudicator", "a1", "--annotator", "a1", code=2).stderr


def test_listing_the_annotators_does_not_write(project: Path) -> None:
    before = project.read_bytes()
    call("team", "list", project)
    call("team", "list", project, "--json")
    assert project.read_bytes() == before


def test_formats_are_listed_with_what_they_keep() -> None:
    found = {each["name"]: each for each in parse(call("formats", "--json"))}
    assert found["conll"] == {
        "name": "conll",
        "reads": [".conll", ".bio", ".iob", ".iob2", ".bioes", ".iobes", ".bmes", ".bilou"],
        "writes": ".conll",
        "annotators": False,
        "suggestions": False,
    }
    assert (found["text"]["writes"], found["webanno"]["reads"]) == (None, None)
    assert found["json"]["annotators"] and found["json"]["suggestions"]
    shown = [line.split() for line in call("formats").stdout.splitlines()]
    assert [line[0] for line in shown] == ["format", *found]
    assert ["huggingface", "folder", "yes", "yes"] in shown


def test_pseudonyms_are_exported_and_their_key_is_a_separate_file(project: Path) -> None:
    options = ("--documents", "labelled", "--pseudonymise", "PERS", "--key-file", "key.json")
    shown = call("export", project, "out.jsonl", *options).stdout
    assert "Names labelled PERS replaced in 1 labelled place and" in shown
    stand_in = json.loads(Path("key.json").read_text("utf-8"))["words"]["محمد"]
    assert json.loads(Path("out.jsonl").read_text("utf-8"))["text"].startswith(f"قال {stand_in} في وديالى")
    assert "needs --pseudonymise" in call("export", project, "out.jsonl", "--salt", "k", code=2).stderr


def test_copies_are_merged(project: Path) -> None:
    Path("copy.annot").write_bytes(project.read_bytes())
    with Project.open("copy.annot") as copy:
        add_annotation(copy, ARTICLE.document.id, Annotation("x", Span(0, 3), "ORG", "a2"))
    assert parse(call("merge", project, "copy.annot", "--json"))["edits"] == 1
    assert "edits added: 0" in call("merge", project, "copy.annot").stdout


def test_merge_tagset_and_export_report_labels_not_in_the_tagset(project: Path) -> None:
    Path("copy.annot").write_bytes(project.read_bytes())
    with Project.open(project) as own:
        assert Session(own, Annotator("a1", "Salma")).change_tagset([RemoveLabel("ORG")])
    with Project.open("copy.annot") as copy:
        add_annotation(copy, ARTICLE.document.id, Annotation("x", Span(0, 3), "ORG", "a2"))
    message = "Annotations whose label is not in the tagset: 1 (ORG 1)."
    assert message in call("merge", project, "copy.annot").stdout
    report = parse(call("merge", project, "copy.annot", "--json"))
    assert (report["edits"], report["unsettled"]["labels_not_in_tagset"]) == (0, {"ORG": 1})
    assert message in call("tagset", "show", project).stdout
    assert parse(call("tagset", "show", project, "--json"))["labels_not_in_tagset"] == {"ORG": 1}
    shown = call("export", project, "out.jsonl", "--documents", "labelled").stdout
    assert "label that was removed from the project: 1 (ORG 1)" in shown


def test_time_spent_is_printed_as_a_table(project: Path) -> None:
    with Project.open(project) as opened:
        opened.annotators.add(Annotator("a9", "Rima"))
        document = next(opened.documents.ids())
        opened.time_spent.add("a9", [WorkInterval(document, 0, 3_723_000)])
    shown = call("stats", project).stdout
    assert "Rima" in shown
    assert "1:02:03" in shown
    (row,) = parse(call("stats", project, "--json"))["time_spent"]
    assert (row["ms"], row["documents"], row["median_ms"]) == (3_723_000, 1, 3_723_000)


def test_stats_are_printed_in_words_and_as_json(project: Path) -> None:
    counts = parse(call("stats", project, "--json"))
    assert (counts["documents"], counts["annotations_by_label"]) == (1, {"LOC": 1, "PERS": 1})
    shown = call("stats", project).stdout
    assert "annotations by label:     LOC 1, PERS 1" in shown
    assert "name Omar, annotations 0" in shown


def test_doctor_prints_findings_and_exits_with_1_if_something_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = parse(call("doctor", "--json"))
    assert {"name", "state", "detail", "mend"} == set(findings[0])
    from annotator.services import doctor

    missing = doctor.Finding("lxml", doctor.FindingState.MISSING, "not installed", "pip install lxml")
    monkeypatch.setattr(doctor, "check_installation", lambda: iter([missing]))
    assert call("doctor", code=1).stdout == "missing   lxml: not installed\n          -> pip install lxml\n"


def test_ctrl_c_stops_in_one_line(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    from annotator.services.project import stats

    monkeypatch.setattr(stats, "project_stats", stop)
    result = call("stats", project, code=130)
    assert result.stderr.startswith("Stopped.")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["stats", "news.annot"], ["--help"], ["--version"]])
def test_unwritable_output_is_reported_in_one_line(project: Path, words: list[str], unbuffered: str) -> None:
    assert project.name == "news.annot"
    command = [sys.executable, "-m", "annotator", *words]
    around = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=around)
    assert (done.returncode, done.stderr) == (
        2,
        "Error: Cannot write output: No space left on device.\n",
    )
    reading, writing = os.pipe()
    os.close(reading)
    gone = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, env=around)
    os.close(writing)
    assert (gone.returncode, gone.stderr) == (2, ""), "1 would say that some input was refused"


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ProgressBar("Exporting") as progress:
        progress(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with ProgressBar("Exporting") as progress:
        progress(1, 2)
        progress(2, 2)
    assert "Exporting" in capsys.readouterr().err


def test_a_table_is_aligned_with_arabic_and_marks_in_it() -> None:
    rows = [("LOC", "مُحَمَّد", "a"), ("ORGANISATION", "x", "b"), ("漢字", "\u200fق\n ف", "c")]
    lines = render_table(("label", "text", "who"), rows)
    assert len({display_width(line[: -len(line.split()[-1])]) for line in lines}) == 1
    assert "\u2068\u200fق ف\u2069" in lines[3]


def test_the_demo_without_a_display_does_the_same_job(monkeypatch: pytest.MonkeyPatch) -> None:
    pictured: list[tuple[Path, Path]] = []
    import annotator.app

    monkeypatch.setattr(annotator.app, "picture", lambda path, png: pictured.append((path, png)))
    shown = call("demo", "--headless").stdout
    assert "Running headless (--headless)" in shown
    assert "\n\nAs an example, the annotator" in shown
    folder = Path("demo-output")
    assert pictured == [(folder / "demo.annot", folder / "editor.png")]
    with Project.open(folder / "demo.annot") as made:
        assert made.documents.count() >= 6
        assert sum(made.suggestions.counts().values()) > 50
        assert made.tagset.name == "security"
        by_demo = [a for i in made.documents.ids() for a in made.log.annotations(i, "demo")]
        edits = made.log.counts()["edits"]
    assert len(by_demo) > 20
    records = json.loads((folder / "demo.json").read_text("utf-8"))
    assert sum(len(record["spans"]) for record in records) == len(by_demo)
    for name in ("demo.conll", "demo.jsonl", "export-report-conll.json"):
        assert (folder / name).stat().st_size
        assert name in shown
    call("demo", "--headless")
    with Project.open(folder / "demo.annot") as again:
        assert again.log.counts()["edits"] == edits


def test_the_demo_on_a_display_opens_the_kept_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from annotator.services import qt_probe

    opened: list[Path] = []
    import annotator.app

    monkeypatch.setattr(qt_probe, "no_window_reason", lambda: "")
    monkeypatch.setattr(annotator.app, "run", recording(opened))
    call("demo")
    call("demo", "mine.annot")
    assert opened == [tmp_path / "data" / "annotator" / "demo.annot", Path("mine.annot")]
    assert all(path.exists() for path in opened)
