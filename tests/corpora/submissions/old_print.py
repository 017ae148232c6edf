# kind: broken
# tries: is written for Python 2
# expect: error
# earns: 0
# says: line

def median(values):
    print values
