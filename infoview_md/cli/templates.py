"""`infoview templates`: lists the templates, prints one, copies one to the vault."""

from typing import TYPE_CHECKING

import click

from infoview_md.cli.frame import Command, Request, print_json, print_lines, print_text, say
from infoview_md.errors import NoVaultError, UsageError

if TYPE_CHECKING:
    from infoview_md.drafting.templates import TemplateSet

__all__ = ["command"]


@click.command(
    cls=Command,
    name="templates",
    examples=(
        "infoview templates",
        "infoview templates request",
        "infoview templates --copy request",
        "infoview templates --check",
    ),
)
@click.argument("name", required=False)
@click.option("--copy", is_flag=True, help="Put the template NAME into your vault, to make it your own.")
@click.option("--check", is_flag=True, help="Try NAME, or all templates, on an example; tell every fault in them.")
@click.pass_obj
def command(request: Request, name: str | None, *, copy: bool, check: bool) -> int:
    """List the templates, print the one called NAME, copy it to your vault, or check it.

    A template in your vault's template folder wins over the bundled one of the same name. Outside of a vault, the
    bundled ones are shown. --check ends with 1 when something is wrong.
    """
    if copy and check:
        raise UsageError("one thing at a time", "first --copy, then --check")
    if check:
        return _check(request, name)
    if copy and name is None:
        raise UsageError("which template should be copied?", "infoview templates --copy request")
    if copy and name:
        path = request.open_vault().copy_template(name)
        if request.json:
            print_json({"path": path})
            return 0
        print_text([path])
        say("edit it in your vault; `infoview new` uses it from now on")
        return 0
    templates = _templates(request)
    if name is None:
        _list(request, templates)
    else:
        _show(request, templates, name)
    return 0


def _check(request: Request, name: str | None) -> int:
    from infoview_md.notes.findings import Severity
    from infoview_md.vault import Vault
    from infoview_md.views.findings import finding_line, hint_line

    try:
        vault = request.open_vault()
    except NoVaultError:
        faults = Vault.bundled_template_faults(name)
    else:
        faults = vault.template_faults(name)
    if request.json:
        from infoview_md.views.shapes import check_shape

        print_json(check_shape(faults))
    for one in () if request.json else faults:
        print_lines([finding_line(one)])
        if one.hint:
            print_lines([hint_line(one)])
    if not faults:
        say("nothing is wrong")
    return 1 if any(one.severity is not Severity.INFO for one in faults) else 0


def _templates(request: Request) -> "TemplateSet":
    from infoview_md.vault import Vault

    try:
        return request.open_vault().template_set
    except NoVaultError:
        return Vault.bundled_templates()


def _show(request: Request, templates: "TemplateSet", name: str) -> None:
    text = templates.text(name)
    if request.json:
        print_json({"name": name, "text": text})
        return
    print_text(text.removesuffix("\n").split("\n"))


def _list(request: Request, templates: "TemplateSet") -> None:
    from infoview_md.views.shapes import template_shape

    infos = templates.names()
    if request.json:
        shapes = (
            template_shape(
                name=one.name,
                summary=one.summary,
                origin=one.origin,
                path=one.path,
                type_name=templates.type_of(one.name),
            )
            for one in infos
        )
        print_json(list(shapes))
        return
    width = max(len(one.name) for one in infos)
    print_text(
        f"{one.name:<{width}}  {one.problem or one.summary}{' (yours)' if one.origin == 'own' else ''}" for one in infos
    )
