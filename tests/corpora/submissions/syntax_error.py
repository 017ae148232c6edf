# kind: broken
# tries: does not compile
# expect: error
# earns: 0
# says: line

def median(values)
    return 0
