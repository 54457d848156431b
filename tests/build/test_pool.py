"""Documents, their order and their faults do not depend on how many processes made them."""

import os
import signal
import subprocess
import sys
import time

import pytest
from tiny import post

from sitegen.build.pool import Crew, convert_encoded, convert_over, open_pool
from sitegen.config import MarkupOptions
from sitegen.errors import SitegenError, TemplateError

OPTIONS = MarkupOptions()
TEXTS = [f"# Title {n}\n\n" + f"Some *prose* with a [link](p{n}.md). " * 60 for n in range(200)]
BROKEN = "* " * 500 + "a"


@pytest.mark.parametrize("afresh", [False, True])
def test_a_pool_gives_what_one_process_gives(afresh, monkeypatch):
    monkeypatch.setattr("sitegen.build.pool._WORTH_AFRESH", 0)
    texts = [*TEXTS, BROKEN]
    made = list(convert_over(2, afresh=afresh)(texts, OPTIONS))
    alone = list(convert_encoded(texts, OPTIONS))
    assert made[:-1] == alone[:-1]
    assert isinstance(made[-1], SitegenError)
    assert isinstance(alone[-1], SitegenError)
    assert made[-1].findings == alone[-1].findings


def test_one_job_and_little_work_start_no_process(monkeypatch):
    monkeypatch.setattr("sitegen.build.pool.open_pool", None)
    assert len(list(convert_over(1)(TEXTS, OPTIONS))) == len(TEXTS)
    assert len(list(convert_over(2)(TEXTS[:2], OPTIONS))) == 2
    for jobs in (1, 2):
        with Crew(jobs, "abc") as crew:
            assert list(crew.do(str.startswith, ["a", "b"])) == [True, False]
            assert list(crew.begin(str.startswith, ["b", "a"])) == [False, True]


@pytest.mark.skipif(sys.platform == "win32", reason="signals and process lists as POSIX has them")
def test_workers_end_with_their_parent_however_it_ends():
    script = (
        "import sys, time\n"
        "from sitegen.build.pool import open_pool\n"
        "with open_pool(2) as pool:\n"
        "    print(*{pool.submit(__import__('os').getpid).result() for _ in range(20)}, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert workers
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(_lives(pid) for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not state.strip().startswith("Z") and bool(state.strip())


def test_files_do_not_depend_on_how_many_processes_rendered_them(site, monkeypatch):
    monkeypatch.setattr("sitegen.build.pool._ALONE", 0)
    monkeypatch.setattr("sitegen.build.pool._BATCH", 3)
    monkeypatch.setattr("sitegen.build.pool._WORTHWHILE", 1)
    files = {f"content/posts/p{n}.md": post(f"P{n}", f"2026-01-{n + 1:02}") for n in range(12)}
    alone, together = site(files), site(files)
    alone.build(jobs=1)
    together.build(jobs=3)
    assert together.files == alone.files


def test_an_error_in_a_worker_is_told_like_any_other(site, monkeypatch):
    monkeypatch.setattr("sitegen.build.pool._ALONE", 0)
    broken = {"content/posts/a.md": post("A"), "themes/newspaper/templates/post.html": "{{ page.titel }}\n"}
    paper = site(broken)
    with pytest.raises(TemplateError, match="did you mean title"):
        paper.build(jobs=2)
    assert not paper.output.exists()


@pytest.mark.parametrize(("afresh", "hint"), [(False, "build again with `--jobs 1`"), (True, "begin again")])
def test_a_worker_that_is_killed_is_an_error_that_says_what_to_do(afresh, hint):
    with pytest.raises(SitegenError) as caught, open_pool(1, afresh=afresh) as pool:
        pool.submit(os._exit, 1).result()
    assert caught.value.findings[0].hint.startswith(hint)


def _number_in(work: list[str], task: int) -> tuple[str, int]:
    return work[task], os.getpid()


def _end(work: list[str], task: int) -> str:
    if os.getpid() != int(work[0]):
        os._exit(1)
    return work[task]


def test_a_crew_does_what_it_began_while_this_process_goes_on(monkeypatch):
    monkeypatch.setattr("sitegen.build.pool._BATCH", 3)
    monkeypatch.setattr("sitegen.build.pool._BEGUN", 2)
    work = [str(number) for number in range(20)]
    with Crew(2, work) as crew:
        done = list(crew.do(_number_in, range(20), at_once=True))
        begun = list(crew.begin(_number_in, range(20)))
    assert [text for text, _ in done] == [text for text, _ in begun] == work
    assert os.getpid() not in {pid for _, pid in (*done, *begun)}


def test_what_a_crew_began_is_done_here_when_a_worker_is_killed(monkeypatch):
    monkeypatch.setattr("sitegen.build.pool._BATCH", 3)
    monkeypatch.setattr("sitegen.build.pool._BEGUN", 2)
    work = [str(os.getpid()), *map(str, range(20))]
    with Crew(2, work) as crew:
        list(crew.do(_number_in, range(20), at_once=True))
        assert list(crew.begin(_end, range(21))) == work
