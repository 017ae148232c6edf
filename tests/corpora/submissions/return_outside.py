# kind: broken
# tries: returns outside a function
# expect: error
# earns: 0
# says: line

return 3
