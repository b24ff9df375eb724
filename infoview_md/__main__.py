"""`python -m infoview_md`: the command line where its script is not on the path. It does nothing else."""

from infoview_md.cli import main

if __name__ == "__main__":
    main()
