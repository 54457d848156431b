"""The command line: what is printed where, and with which exit code."""

import gc
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tiny import NOW, post

from sitegen.cli import building, main, serving
from sitegen.errors import Finding, OutputError, Place
from sitegen.preview import Failed, Noticed, PortTaken, Reloaded, Serving, Unsure

EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
HELD = {
    "content/drafts/idea.md": post("An idea"),
    "content/posts/soon.md": post("日本", "2026-12-01 08:30"),
    "content/posts/gone.md": post("Gone", expires="2026-10-31"),
}
FAULTY = {
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-13-01\n---\nText.\n",
    "content/posts/b.md": "---\ntittle: B\n---\nText.\n",
}
WARNED = {"content/posts/a.md": post("A", body='<img src="a.png">'), "content/posts/a.png": b"png"}


def run(*arguments: str | Path) -> Result:
    """Run the command line in this process, at `NOW`."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=EPOCH)


def sitegen(*arguments: str | Path, output: int = subprocess.PIPE, **environment: str) -> subprocess.Popen[str]:
    """Start the command line in a process of its own, at `NOW`; both its streams go to `output`."""
    command = [sys.executable, "-m", "sitegen", *map(str, arguments)]
    return subprocess.Popen(command, stdout=output, stderr=output, text=True, env=os.environ | EPOCH | environment)


def without_time(text: str) -> str:
    return re.sub(r"in \d+\.\d\d s", "in TIME", text)


# ---- build ----


def test_a_build_says_what_it_made_and_what_it_held_back(site):
    root = site({"content/posts/a.md": post("A"), **HELD}).root
    done = run("build", "--site", root)
    files = len([path for path in (root / "output").rglob("*") if path.is_file()]) - 1
    assert (done.exit_code, done.stderr) == (0, "")
    assert without_time(done.stdout) == (
        "Held back: 1 draft, 1 scheduled, 1 expired\n"
        "  draft      content/drafts/idea.md (in drafts/)\n"
        "  scheduled  content/posts/soon.md (due 2026-12-01 08:30, in 8 days)\n"
        "  expired    content/posts/gone.md (expired 2026-11-01 00:00)\n"
        "\n"
        f"Built 1 post and 0 pages in TIME ({files} files: {files} written)\n"
        f"The site is in {root}/output/. To read it: sitegen serve\n"
    )


def test_a_build_leaves_the_garbage_collector_as_it_was(site):
    """It looks no more through what is left when the process is about to end."""
    assert gc.isenabled()
    run("build", "--site", site(WARNED).root)
    assert gc.isenabled()
    assert gc.get_freeze_count()
    gc.unfreeze()


def test_a_second_build_changes_nothing(site):
    root = site({"content/posts/a.md": post("A")}).root
    run("build", "--site", root)
    assert "files: nothing changed)" in run("build", "--site", root).stdout
    assert "nothing changed" not in run("build", "--site", root, "--clean").stdout


def test_a_failing_build_says_where_and_what_and_what_to_do(site, golden):
    root = site(FAULTY).root
    done = run("build", "--site", root)
    assert (done.exit_code, done.stdout) == (1, "")
    golden(Path(__file__).parent / "cases/cli/failing-build.txt", done.stderr)
    assert not (root / "output").exists()


@pytest.mark.parametrize(("options", "posts"), [([], 1), (["--drafts"], 2), (["--drafts", "--future", "--expired"], 4)])
def test_held_back_posts_are_published_when_asked_for(site, options, posts):
    root = site({"content/posts/a.md": post("A"), **HELD}).root
    assert f"Built {posts} post" in run("build", "--site", root, *options).stdout


def test_warnings_are_printed_counted_and_refused_when_strict(site):
    root = site(WARNED).root
    done = run("build", "--site", root)
    assert done.exit_code == 0
    assert "content/posts/a.md:6: warning: " in done.stderr
    assert ", with 1 warning (" in done.stdout
    strict = run("build", "--site", root, "--strict")
    assert (strict.exit_code, strict.stdout) == (1, "")
    assert strict.stderr.endswith("\n1 warning, not allowed by --strict: nothing was written\n")


def test_quiet_says_nothing_but_errors(site):
    quiet = run("build", "--quiet", "--site", site({**WARNED, **HELD}).root)
    assert (quiet.exit_code, quiet.output) == (0, "")
    failed = run("build", "--quiet", "--site", site(FAULTY).root)
    assert failed.exit_code == 1
    assert "content/posts/a.md:3:7: error: " in failed.stderr


def test_it_is_run_from_anywhere_in_the_site(site, monkeypatch):
    root = site({"content/posts/a.md": post("A")}).root
    monkeypatch.chdir(root / "content" / "posts")
    assert run("build").exit_code == 0
    assert run("build", "--output", "../../elsewhere").exit_code == 0
    assert (root / "output/index.html").read_bytes() == (root / "elsewhere/index.html").read_bytes()


def test_a_build_reports_to_machines(site):
    root = site({**WARNED, **HELD}).root
    done = run("build", "--json", "--site", root)
    report = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert list(report) == [
        *("ok", "exit_code", "findings", "output", "posts", "pages", "files", "written", "unchanged", "deleted"),
        *("held", "recovered", "reasons", "seconds", "profile"),
    ]
    assert (report["ok"], report["exit_code"], report["posts"]) == (True, 0, 1)
    assert report["output"] == str((root / "output").resolve())
    assert "index.html" in report["written"]
    assert report["files"] == len(report["written"])
    assert [finding["severity"] for finding in report["findings"]] == ["warning"]
    assert report["held"][2] == {
        "state": "scheduled",
        "date": "2026-12-01T08:30:00+00:00",
        "path": "content/posts/soon.md",
        "title": "日本",
        "reason": "due 2026-12-01 08:30",
    }


def test_a_failing_build_reports_to_machines(site):
    done = run("build", "--json", "--site", site(FAULTY).root)
    report = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (1, "")
    assert (report["ok"], report["exit_code"], len(report["findings"])) == (False, 1, 3)
    first = report["findings"][0]
    assert list(first) == ["severity", "path", "line", "column", "what", "why", "hint"]
    assert (first["severity"], first["path"], first["line"]) == ("error", "content/posts/a.md", 3)


# ---- how a command can end ----


def break_build(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def build_site(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(building, "build_site", build_site)


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "\nerror: interrupted\n"),
        (MemoryError(), 3, "error: out of memory\n"),
        (OSError(28, "No space left on device", "/x/y"), 3, "error: /x/y: No space left on device\n"),
        (
            ZeroDivisionError("by\nzero"),
            3,
            "error: this is a bug in sitegen: ZeroDivisionError: by zero\n"
            "  fix: run the command again with --debug to see where it happened, and report that\n",
        ),
    ],
)
def test_every_end_has_a_message_and_an_exit_code(site, monkeypatch, error, code, message):
    root = site().root
    break_build(monkeypatch, error)
    done = run("build", "--site", root)
    assert (done.exit_code, done.stdout, done.stderr) == (code, "", message)
    report = json.loads(run("build", "--site", root, "--json").stdout)
    assert (report["ok"], report["exit_code"]) == (False, code)


@pytest.mark.parametrize("arguments", [["--debug", "build"], ["build", "--debug"]])
def test_a_traceback_is_shown_on_request(site, monkeypatch, arguments):
    break_build(monkeypatch, ZeroDivisionError("a bug"))
    done = run(*arguments, "--site", site().root)
    assert done.exit_code == 3
    assert "Traceback (most recent call last)" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["biuld"], 2, "Did you mean 'build'?"),
        (["build", "--strikt"], 2, "--strict"),
        (["build", "--site", "nowhere"], 2, "'nowhere' does not exist"),
        (["build"], 2, "sitegen init"),
        (["serve"], 2, "sitegen init"),
        (["list"], 2, "sitegen init"),
        (["new", "A post"], 2, "sitegen init"),
        (["init", "."], 2, "holds a-file"),
        (["new", "A page", "--page", "--bundle"], 2, "a page is no bundle"),
        (["list", "all"], 2, "'drafts', 'scheduled', 'expired', 'live'"),
    ],
)
def test_a_command_that_cannot_be_meant(tmp_path, monkeypatch, arguments, code, message):
    monkeypatch.chdir(tmp_path)
    Path("a-file").touch()
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


def test_an_output_folder_that_cannot_be_made(site):
    root = site({"content/posts/a.md": post("A"), "output": "a file"}).root
    done = run("build", "--site", root)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "is a file, not a folder" in done.stderr


def test_a_clock_that_is_none(site):
    done = CliRunner().invoke(main, ["build", "--site", str(site().root)], env={"SOURCE_DATE_EPOCH": "noon"})
    assert (done.exit_code, "SOURCE_DATE_EPOCH" in done.stderr) == (2, True)


def test_an_interrupted_process_leaves_no_traceback():
    script = (
        "import os, signal, time, sitegen.cli.building as building\n"
        # What is started in the background of a shell ignores it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "building.build_site = lambda *_, **__: (os.kill(os.getpid(), signal.SIGINT), time.sleep(10))\n"
        "building.main = __import__('sitegen.cli').cli.main\n"
        "building.main(['build'])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "\nerror: interrupted\n")


# ---- terminals, pipes and encodings ----


def on_terminal(command: list[str | Path], columns: int, **environment: str) -> str:
    """Return what a command prints on a terminal, escapes and all."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    process = sitegen(*command, output=theirs, TERM="xterm-256color", **environment)
    os.close(theirs)
    said = b""
    try:
        while data := os.read(ours, 4096):
            said += data
    except OSError:  # Linux: the other end is closed
        pass
    finally:
        os.close(ours)
        process.communicate()
    return said.decode().replace("\r\n", "\n")


def test_terminals_get_colours_and_folded_lines(site):
    root = site(FAULTY).root
    painted = on_terminal(["build", "--site", root], 40)
    plain = on_terminal(["build", "--site", root], 40, NO_COLOR="1")
    assert "\x1b[31m" in painted
    assert "\x1b" not in plain
    assert click.unstyle(painted) == plain
    assert plain.split() == run("build", "--site", root).stderr.split()


def test_terminals_get_a_list_to_read(site):
    root = site({**HELD, "content/posts/live.md": post("Live")}).root
    held = on_terminal(["list", "--site", root], 80)
    assert "\x1b[36mscheduled" in held
    assert click.unstyle(held) == (
        "draft      An idea\n"
        "           content/drafts/idea.md (in drafts/, 2026-01-01 00:00)\n"
        "scheduled  日本\n"
        "           content/posts/soon.md (due 2026-12-01 08:30, in 8 days)\n"
        "expired    Gone\n"
        "           content/posts/gone.md (expired 2026-11-01 00:00)\n"
    )
    live = on_terminal(["list", "live", "--site", root], 80, NO_COLOR="1")
    assert live == "live       Live\n           content/posts/live.md (2026-01-01 00:00)\n"


def test_terminals_hear_that_a_list_is_empty(site):
    root = site({"content/posts/live.md": post("Live")}).root
    assert on_terminal(["list", "--site", root], 80) == "Nothing is held back.\n"
    assert on_terminal(["list", "drafts", "--site", root], 80) == "There is no draft.\n"


def test_a_long_build_shows_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setattr(building, "_PATIENCE", 0)
    with building._progress(wanted=True) as progress:
        assert progress is not None
        progress(3, 10)
    assert "3/10" in capsys.readouterr().err


def test_a_short_build_shows_nothing(monkeypatch, capsys):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with building._progress(wanted=True) as progress:
        assert progress is not None
        progress(3, 10)
    assert capsys.readouterr().err == ""


def test_a_reader_who_has_had_enough_is_no_error(site):
    root = site(HELD).root
    process = sitegen("list", "--site", root)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    assert process.communicate()[1] == ""


def test_an_encoding_that_lacks_a_letter(site):
    process = sitegen("list", "--site", site(HELD).root, PYTHONIOENCODING="latin-1")
    said, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")
    assert "\\u65e5\\u672c" in said


# ---- serve ----


def served(monkeypatch, *arguments):
    """Run `serve`; return what it asks of the preview, or how it ended."""
    asked: dict[str, object] = {}
    monkeypatch.setattr(serving, "serve", lambda _root, **options: asked.update(options))
    done = run("serve", *arguments)
    return asked if done.exit_code == 0 else done


def test_serve_shows_another_day_in_the_sites_zone(site, monkeypatch):
    folder = site(config='timezone = "America/Toronto"\n')
    asked = served(monkeypatch, "--site", folder.root, "--at", "2027-03-02", "--poll")
    assert (asked["at"].isoformat(), asked["polling"]) == ("2027-03-02T00:00:00-05:00", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "2027-02-30"], "--at '2027-02-30' is impossible, there is no 30 February in 2027"),
        (["--at", "soon"], "--at 'soon' must be a date"),
        (["--lan", "--host", "::1"], "--lan and --host exclude each other"),
    ],
)
def test_options_of_serve_that_cannot_be_met(site, monkeypatch, arguments, said):
    done = served(monkeypatch, "--site", site().root, *arguments)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_serve_lan_names_the_extra_that_it_needs(site, monkeypatch):
    monkeypatch.setitem(sys.modules, "segno", None)
    done = served(monkeypatch, "--site", site().root, "--lan")
    assert done.exit_code == 2
    assert 'pip install "sitegen[lan]"' in done.stderr


def test_the_address_for_the_phone_is_drawn_too(site, monkeypatch):
    def serve(_root, *, on_event, **_options):
        on_event(Serving("http://127.0.0.1:8000/", "http://192.168.1.5:8000/"))

    monkeypatch.setattr(serving, "serve", serve)
    said = run("serve", "--site", site().root, "--lan").stdout
    assert "On the phone: http://192.168.1.5:8000/\n" in said
    assert len(said.splitlines()) > 12


def test_the_editor_is_started_and_left_alone(tmp_path, monkeypatch):
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: started.append(command))
    serving._edit("code --goto {file}:{line}", tmp_path / "a b.md", 3)
    assert started == [["code", "--goto", f"{tmp_path / 'a b.md'}:3"]]


def test_an_editor_that_does_not_start_is_told(tmp_path):
    with pytest.raises(OutputError, match="the editor `no-such-editor` does not start"):
        serving._edit("no-such-editor {file}", tmp_path / "a.md", 3)


def test_serve_tells_what_happens(site, monkeypatch):
    def serve(_: Path, *, on_event, **options) -> None:
        assert options.pop("edit")
        assert options == {
            "host": "127.0.0.1",
            "port": 8000,
            "drafts": False,
            "open_browser": True,
            "lan": False,
            "at": None,
            "polling": False,
        }
        on_event(Unsure("9p"))
        on_event(PortTaken(8000, 8001))
        on_event(Serving("http://127.0.0.1:8001/"))
        on_event(Reloaded(("content/posts/a.md", "content/posts/b.md", "sitegen.toml"), 0.0312, 2, 1))
        on_event(Reloaded(("content/static/x.css",), 0.002, 0, 1))
        on_event(Reloaded(("content/posts/b.md",), 0.012))
        nowhere = Finding("the link x.md leads nowhere", Place("content/posts/a.md", 5, 2), "no x.md", "name one", "[")
        on_event(Noticed((nowhere,) * 12))
        on_event(Failed((Finding("bad date", Place("content/posts/a.md", 3)),)))

    monkeypatch.setattr(serving, "serve", serve)
    done = run("serve", "--site", site().root, "--open", "--no-drafts")
    assert done.exit_code == 0
    assert done.stdout == (
        "Serving at http://127.0.0.1:8001/ (Ctrl-C ends it)\n"
        "content/posts/a.md and 2 more files 2 pages reloaded, 1 page renewed in place in 31 ms\n"
        "content/static/x.css 1 page renewed in place in 2 ms\n"
        "content/posts/b.md no open page shows it; in 12 ms\n"
    )
    assert done.stderr == (
        "the site lies on a file system (9p) that may not tell of saves; if so, use --poll\n"
        "port 8000 is taken, trying 8001\n"
        + "content/posts/a.md:5:2: error: the link x.md leads nowhere\n  fix: name one\n" * 10
        + "2 more faults; `sitegen build` names them all\ncontent/posts/a.md:3: error: bad date\n\n"
    )


def test_serve_answers_until_it_is_interrupted(site):
    root = site({"content/posts/a.md": post("A headline")}).root
    process = sitegen("serve", "--site", root, "--port", "0", PYTHONUNBUFFERED="1")
    assert process.stdout is not None
    address = re.search(r"http://\S+", process.stdout.readline())
    assert address is not None
    with urllib.request.urlopen(address[0], timeout=10) as answer:  # noqa: S310  http, as the pattern says
        assert b"A headline" in answer.read()
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=10)[1] == ""
    assert process.returncode == 0
    assert not (root / "output").exists()


# ---- init, new, list ----


def test_a_new_site_builds_without_a_word_of_complaint(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    begun = run("init", "my paper")
    assert begun.exit_code == 0
    assert begun.stdout.startswith("A new site is in my paper/:\n  .gitignore\n  content/authors/editor.md\n")
    assert "\n  cd 'my paper'\n" in begun.stdout
    monkeypatch.chdir("my paper")
    assert run("new", "First post").stdout == "content/posts/2026/2026-11-22-first-post.md\n"
    built = run("build", "--strict")
    assert (built.exit_code, built.stderr) == (0, "")
    assert "Built 2 posts and 1 page" in built.stdout


def test_new_opens_the_editor_at_the_line_to_write_on(site, monkeypatch):
    editor = f'"{sys.executable}" editor.py {{file}}:{{line}}'
    root = site({"editor.py": "import sys; print(sys.argv[1:])"}, config=f"editor = '{editor}'\n").root
    monkeypatch.chdir(root)
    said, _ = sitegen("new", "A page", "--page", "--edit").communicate()
    assert said == "content/pages/a-page.md\n['content/pages/a-page.md:5']\n"


def test_new_without_an_editor_keeps_the_draft(site):
    root = site().root
    done = CliRunner().invoke(
        main, ["new", "A", "--edit", "--site", str(root)], env=EPOCH | {"VISUAL": None, "EDITOR": None}
    )
    assert (done.exit_code, "no editor is named" in done.stderr) == (2, True)
    assert (root / "content/posts/2026/2026-11-22-a.md").is_file()


def test_a_list_in_a_pipe_has_tabs(site):
    root = site({**HELD, "content/posts/live.md": post("Live")}).root
    assert run("list", "--site", root).stdout == (
        "draft\t2026-01-01 00:00\tcontent/drafts/idea.md\tAn idea\tin drafts/\n"
        "scheduled\t2026-12-01 08:30\tcontent/posts/soon.md\t日本\tdue 2026-12-01 08:30, in 8 days\n"
        "expired\t2026-11-01 00:00\tcontent/posts/gone.md\tGone\texpired 2026-11-01 00:00\n"
    )
    assert run("list", "live", "--site", root).stdout == "live\t2026-01-01 00:00\tcontent/posts/live.md\tLive\t\n"


def test_a_list_for_machines(site):
    report = json.loads(run("list", "scheduled", "--json", "--site", site(HELD).root).stdout)
    assert report == {
        "ok": True,
        "exit_code": 0,
        "findings": [],
        "posts": [
            {
                "state": "scheduled",
                "date": "2026-12-01T08:30:00+00:00",
                "path": "content/posts/soon.md",
                "title": "日本",
                "reason": "due 2026-12-01 08:30",
            }
        ],
    }


# ---- help ----


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], *([name, "--help"] for name in main.commands)])
def test_help_and_version_load_no_library(arguments):
    script = (
        "import sys\nfrom sitegen.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"\w+", done.stdout.splitlines()[-1]))
    assert {"click", "sitegen"} <= loaded
    assert not loaded & {
        *("babel", "feedgen", "jinja2", "livereload", "lxml", "markdown", "nh3", "pygments", "pymdownx"),
        *("rcssmin", "rich", "selectolax", "tornado", "watchfiles", "yaml"),
    }


def test_the_version():
    assert re.fullmatch(r"sitegen \d+\.\d+\.\d+\n", run("--version").stdout)


def commands(group: click.Group, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The commands of a group and of the groups in it, by the words that call them."""
    for name, command in group.commands.items():
        yield (*above, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)


COMMANDS = {" ".join(names): command for names, command in commands(main)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_that_it_understands(name):
    names = name.split()
    examples = re.findall(r"^ +(sitegen .*)$", run(*names, "--help").stdout, re.MULTILINE)
    assert examples
    for _, *words in map(shlex.split, examples):
        assert words[: len(names)] == names
        COMMANDS[name].make_context(names[-1], words[len(names) :])
