"""`python -m sitegen`."""

from sitegen.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main(prog_name="sitegen")
