"""A draft read back by a real mail client, NeoMutt, which must see what was meant; skipped where it is missing."""

import os
import select
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command_line import infoview

pty = pytest.importorskip("pty", reason="a mail client wants a terminal, and there is none to give")
termios = pytest.importorskip("termios")
NEOMUTT = shutil.which("neomutt")
RC = """set charset=utf-8
set pipe_decode=yes
set wait_key=no
set quit=yes
set move=no
set header_cache=""
set folder=""
ignore *
unignore from to cc subject
"""
LONG = "w" * 998
NOTES = {
    "Me.md": "---\ntype: me\nname: Imogen Clough\nemail: imogen@example.org\n---\n",
    "People/Zoë.md": '---\ntype: contact\nname: "Zoë O\'Brien, PhD"\nemail: zoe@bücher.example\n---\n',
    "Outreach/Ask.md": f"""---
type: request
contact: "[[Zoë]]"
cc: ['"Brannigan, Kit" <kit@example.org>', 李明 <li@example.org>]
subject: "A question 🌊 about your tides, Zoë"
---
Dear Zoë 🌊,

{LONG}

How did you begin?
.
From here on, two dots: ..

Imogen
""",
}


@pytest.mark.skipif(NEOMUTT is None, reason="neomutt is not installed")
def test_neomutt_reads_recipients_subject_and_text_as_they_were_meant(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    for path, text in NOTES.items():
        (vault / path).parent.mkdir(parents=True, exist_ok=True)
        (vault / path).write_text(text, encoding="utf-8")
    inbox = tmp_path / "mail"
    for folder in ("cur", "new", "tmp"):
        (inbox / folder).mkdir(parents=True)
    draft = inbox / "cur" / "1.draft:2,"
    assert infoview("--vault", str(vault), "email", "Outreach/Ask.md", "--eml", str(draft)).status == 0
    head, _, body = read_by_neomutt(inbox, tmp_path).partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.replace("\n ", " ").split("\n"))
    assert fields["From"] == "Imogen Clough <imogen@example.org>"
    assert fields["To"] == '"Zoë O\'Brien, PhD" <zoe@bücher.example>'
    assert fields["Cc"] == '"Brannigan, Kit" <kit@example.org>, 李明 <li@example.org>'
    assert fields["Subject"] == "A question 🌊 about your tides, Zoë"
    assert body.strip() == NOTES["Outreach/Ask.md"].split("---\n")[2].strip()


def read_by_neomutt(inbox: Path, folder: Path) -> str:
    """The first message of a mailbox, decoded; a mail client wants a terminal, and gets one that nobody looks at."""
    rc, out = folder / "rc", folder / "out.txt"
    rc.write_text(RC, encoding="utf-8")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    with subprocess.Popen(
        [str(NEOMUTT), "-n", "-F", str(rc), "-f", str(inbox), "-e", f'push "<pipe-message>cat > {out}<enter><quit>"'],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", "HOME": str(folder)},
    ) as client:
        os.close(theirs)
        try:
            while select.select([ours], [], [], 60)[0] and os.read(ours, 65536):
                pass
        except OSError:  # the client has gone, and its terminal with it
            pass
        finally:
            client.kill()
            os.close(ours)
    return out.read_text("utf-8")
