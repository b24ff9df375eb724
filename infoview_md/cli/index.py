"""`infoview index`: brings the index up to date and shows where one stands."""

import click

from infoview_md.cli.frame import Command, Request, look, print_json, print_lines

__all__ = ["command"]


@click.command(
    cls=Command,
    name="index",
    examples=("infoview index",),
)
@click.pass_obj
def command(request: Request) -> None:
    """Bring the index up to date and show where you stand.

    Counts, what changed, who led to whom, what is due, and what is wrong in the notes. Reads the notes, never changes
    one; the views that `init --dashboards` made are kept current.
    """
    from infoview_md.views.report import overview_lines

    vault = request.open_vault()
    state = vault.index()
    vault.refresh_views(state)
    if request.json:
        from infoview_md.views.shapes import index_shape

        print_json(index_shape(state.overview, vault=str(vault.root)))
    else:
        print_lines(overview_lines(state.overview, look()))
