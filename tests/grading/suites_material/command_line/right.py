import argparse
import random
import sys


def main(argv=None):
    parser = argparse.ArgumentParser(prog="tool")
    sub = parser.add_subparsers(dest="command", required=True)
    add = sub.add_parser("sum")
    add.add_argument("numbers", nargs="+", type=int)
    add.add_argument("--verbose", action="store_true")
    add.add_argument("--fail", action="store_true")
    args = parser.parse_args(argv)
    if args.fail:
        sys.exit(7)
    if args.verbose:
        print(f"adding {len(args.numbers)} numbers")
    print(sum(args.numbers))


def guessing_game():
    secret = random.randint(1, 100)
    tries = 0
    while True:
        tries += 1
        guess = int(input("guess: "))
        if guess == secret:
            print("got it in", tries)
            return
        print("higher" if guess < secret else "lower")


if __name__ == "__main__":
    main()
