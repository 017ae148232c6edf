# kind: forge
# tries: imports the reference solution by name
# expect: error failed
# earns: 0
# says: reference

from reference import median


def clean(names):
    pass


each = Tally = clean
