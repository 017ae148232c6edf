"""`python -m examengine`."""

from examengine.cli.main import main

if __name__ == "__main__":
    main()
