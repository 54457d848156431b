"""There is one way to the disk: no other module of a build writes, moves or removes anything."""

import ast
from collections.abc import Iterator
from pathlib import Path

import sitegen

PACKAGE = Path(sitegen.__file__).parent
CHANGES = {
    "chmod", "copyfile", "copytree", "ftruncate", "hardlink_to", "makedirs", "mkdir", "mkdtemp", "mkstemp", "rename",
    "renames", "removedirs", "rmdir", "rmtree", "symlink", "symlink_to", "touch", "truncate", "unlink", "write_bytes",
    "write_text",
}  # fmt: skip
ALLOWED = {
    "cache.py": {"mkdir", "unlink", "write_text"},
    "writing/disk.py": CHANGES,
    "writing/lock.py": {"ftruncate"},
}
"""`lock` hands its call to `Disk.change`. `cache` keeps in `.sitegen/` what may be lost, and nothing in the output: it
matters after none of its calls whether a build is killed."""


def changes_in(file: Path) -> Iterator[str]:
    allowed = ALLOWED.get(file.relative_to(PACKAGE).as_posix(), set())
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Attribute) and node.attr in CHANGES - allowed:
            yield f"{file}:{node.lineno}: {node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            match node.args:
                case [_, ast.Constant(value="rb")]:
                    pass
                case _:
                    yield f"{file}:{node.lineno}: open"


def test_only_disk_changes_the_disk():
    floors = ("build", "config", "model", "planning", "reading", "rendering", "theme", "writing")
    files = [PACKAGE / "cache.py", *(file for floor in floors for file in (PACKAGE / floor).rglob("*.py"))]
    assert len(files) > 10
    assert [change for file in files for change in changes_in(file)] == []
