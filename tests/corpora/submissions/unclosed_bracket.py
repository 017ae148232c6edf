# kind: broken
# tries: never closes a bracket
# expect: error
# earns: 0
# says: line

values = [1, 2, 3


def median(values):
    return 0
