# kind: broken
# tries: mixes indentation
# expect: error
# earns: 0
# says: line

def median(values):
    if values:
      return 1
        return 0
