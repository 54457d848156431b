"""Bytes to output/, as a transaction: all of a build is published, or nothing of it.

    with OutputFolder.open(output) as folder:
        folder.stage("index.html", data, ("content/posts/a.md",))
        report = folder.commit()

The parts, in the order in which a build meets them: `guard` refuses folders that are no place for a site; `lock` lets
one build in; `tray` and `staging` take the new files beside the output; `changes` plans what `commit` does; `journal`
holds that plan, so that a commit that was killed is finished by the next build; `manifest` says which files are ours.
Everything that changes the disk passes through `disk`, and every name through `paths`.
"""

from sitegen.writing.folder import OutputFolder, WriteReport
from sitegen.writing.guard import check_output
from sitegen.writing.paths import resolve_out
from sitegen.writing.tray import Laid, Tray

__all__ = ["Laid", "OutputFolder", "Tray", "WriteReport", "check_output", "resolve_out"]
