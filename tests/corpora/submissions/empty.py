# kind: broken
# tries: is empty
# expect: error failed
# earns: 0
# says: Tally
