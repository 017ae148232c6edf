import os
import sys


def main():
    words = sys.argv[1:] or sys.stdin.read().split()
    try:
        print(os.environ.get("PREFIX", "") + str(sum(int(word) for word in words)))
    except ValueError:
        print("not a number", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
