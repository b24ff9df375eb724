"""`infoview email`: what is written, opened and told; and proofreading where `new` and `check` show it."""

import json
import os
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from infoview_md import Vault
from tests.command_line import infoview

GOOD = """---
type: request
contact: "[[Zoë O'Brien, PhD]]"
to: zoe@bücher.example
subject: Grüße aus Leeds 😀
---
Dear Zoë,

{line}

Would you have **twenty** minutes?
"""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    notes = {
        "Me.md": "---\ntype: me\nname: Imogen Clough\nemail: imogen@example.org\n---\n",
        "People/Zoë O'Brien, PhD.md": "---\ntype: contact\nemail: zoe@bücher.example\n---\n",
        "People/Ada.md": "---\ntype: contact\nconnection: fellow alum of Leeds\n---\n",
        "Outreach/Zoë.md": GOOD.format(line="y" * 998),
    }
    for path, text in notes.items():
        (tmp_path / "vault" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "vault" / path).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INFOVIEW_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("INFOVIEW_CACHE", str(tmp_path / "cache"))
    return tmp_path / "vault"


def opening(folder: Path, *arguments: str) -> tuple[str, str, str]:
    """Run a command where the desktop's own opener only writes down what it was asked to open.

    The opener shares the command's output, so that both have ended when that has.
    """
    if sys.platform != "linux":
        pytest.skip("only Linux finds its opener by name")
    opener, opened = folder / "bin" / "xdg-open", folder / "opened"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n', "utf-8")
    opener.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "infoview_md", *arguments],
        env={**os.environ, "PATH": f"{opener.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout, done.stderr, opened.read_text("utf-8")


def test_a_draft_is_written_and_opened(vault: Path, tmp_path: Path) -> None:
    out, err, opened = opening(tmp_path, "email", "Zoë", "--open", "--html")
    assert out.splitlines() == [opened]
    assert 'when it is sent: infoview mark sent "Outreach/Zoë.md"' in err
    file = Path(opened)
    assert file == tmp_path / "cache" / "outgoing" / "Zoë.eml"
    assert file.parent.stat().st_mode & 0o077 == 0
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    (zoe,) = message["To"].addresses
    assert (zoe.display_name, zoe.addr_spec) == ("Zoë O'Brien, PhD", "zoe@xn--bcher-kva.example")
    assert message["Subject"] == "Grüße aus Leeds 😀"
    text, html = (part.get_content() for part in message.iter_parts())
    assert "y" * 998 in text.splitlines()
    assert "Would you have twenty minutes?" in text
    assert "<strong>twenty</strong>" in html
    assert "sent:" not in (vault / "Outreach" / "Zoë.md").read_text("utf-8")


def test_a_link_is_opened(vault: Path, tmp_path: Path) -> None:
    (vault / "Outreach" / "Zoë.md").write_text(GOOD.format(line="Hello."), "utf-8")
    out, _, opened = opening(tmp_path, "email", "Zoë", "--mailto", "--open")
    assert out.splitlines() == [opened]
    assert opened.startswith("mailto:zoe@xn--bcher-kva.example?subject=Gr%C3%BC%C3%9Fe%20aus%20Leeds")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux finds its opener by name")
def test_without_a_program_that_opens_it_the_draft_is_there(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("INFOVIEW_CACHE", "off")
    answer = infoview("email", "Zoë", "--open")
    assert answer.status == 3
    assert "there is no program here that opens it" in answer.err
    file = Path(answer.lines[0])
    assert file.read_text("ascii").startswith("X-Unsent: 1")
    file.unlink()
    file.parent.rmdir()
    assert vault.is_dir()


def test_a_long_link_is_warned_of(vault: Path) -> None:
    (vault / "Outreach" / "Zoë.md").write_text(GOOD.format(line="ü" * 300), "utf-8")
    answer = infoview("email", "Zoë", "--mailto")
    assert answer.status == 0
    assert "some programs cut it after 1,800: use --eml" in answer.err


def test_a_draft_does_not_become_a_note(vault: Path) -> None:
    answer = infoview("email", "Zoë", "--eml", "vault/Outreach/Zoë.md")
    assert answer.status == 2
    assert (vault / "Outreach" / "Zoë.md").read_text("utf-8") == GOOD.format(line="y" * 998)


def test_json_has_all_of_the_mail(vault: Path, tmp_path: Path) -> None:
    answer = infoview("email", "Outreach/Zoë", "--json", "--eml", "z.eml")
    shape = json.loads(answer.out)
    assert list(shape) == [
        *("note", "from", "to", "cc", "subject", "text", "left_out", "eml", "mailto", "findings", "next"),
    ]
    assert (shape["eml"], shape["mailto"]) == ("z.eml", None)
    assert (tmp_path / "z.eml").exists()
    assert answer.err == ""
    assert vault.is_dir()


def test_what_is_doubtful_and_no_reason_to_refuse_is_told(vault: Path) -> None:
    text = GOOD.format(line="Is there a job?").replace("subject: Grüße aus Leeds 😀", "subject:")
    (vault / "Outreach" / "Zoë.md").write_text(f"{text}\n![[CV.pdf]]\n", "utf-8")
    answer = infoview("email", "Zoë")
    assert answer.status == 0
    assert answer.err.splitlines()[1:5] == [
        "  line 9: the request speaks of job",
        "  line 13: the request comes with CV.pdf",
        "  the message has no subject",
        "  left out: CV.pdf; attach it yourself if it should go along",
    ]


# --- Proofreading elsewhere ------------------------------------------------------------------------------------------


def codes(*arguments: str) -> list[str]:
    found = json.loads(infoview(*arguments, "--json").out)
    return [one["code"] for one in (found if isinstance(found, list) else found["findings"])]


def test_check_proofreads_what_has_not_gone_out(vault: Path) -> None:
    note = vault / "Outreach" / "Zoë.md"
    note.write_text(GOOD.format(line="A job?").replace("Dear Zoë", "Dear Ada"), "utf-8")
    assert codes("check") == ["greeting-other", "request-job"]
    assert infoview("check").status == 0
    note.write_text(note.read_text("utf-8").replace("subject:", "sent: 2026-11-20\nsubject:"), "utf-8")
    assert codes("check") == []


def test_me_switches_checks_off_but_no_blank_ever_goes_out(vault: Path) -> None:
    (vault / "Outreach" / "Zoë.md").write_text(GOOD.format(line="A job [your job]?"), "utf-8")
    (vault / "Me.md").write_text("---\nproofreading_off: [request-job, template-mark-left, nonsense]\n---\n", "utf-8")
    assert codes("check") == ["bad-choice"]
    answer = infoview("email", "Zoë")
    assert answer.status == 1
    assert "line 9: [your job] was never filled in" in answer.err


def test_new_tells_what_is_doubtful_beside_the_fill_ins(vault: Path) -> None:
    (vault / "Templates/Infoview").mkdir(parents=True)
    (vault / "Templates/Infoview/request.md").write_text(
        '---\ntemplate_path: "Outreach/{{ contact.name }}.md"\ntype: request\ncontact: "{{ contact.link }}"\n'
        "subject: A JOB FOR ME\n---\nDear Zoë,\n\n{{ fill('why') }}\n",
        "utf-8",
    )
    assert codes("new", "request", "Ada") == ["greeting-other", "request-job", "subject-capitals"]
    answer = infoview("new", "request", "Ada", "--dry-run")
    assert "greeting" not in answer.err + answer.out


def test_a_script_can_do_it_all(vault: Path, tmp_path: Path) -> None:
    notes = Vault(vault)
    mail = notes.mail("Zoë")
    assert [str(one) for one in mail.to] == ['"Zoë O\'Brien, PhD" <zoe@xn--bcher-kva.example>']
    assert notes.write_eml(mail, tmp_path / "z.eml") == str(tmp_path / "z.eml")
