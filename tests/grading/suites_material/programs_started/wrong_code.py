import sys


def main():
    words = sys.argv[1:] or sys.stdin.read().split()
    print(sum(int(word) for word in words))


if __name__ == "__main__":
    main()
