# kind: leak
# tries: reads frames through the exception that a callback raises
# expect: failed error
# earns: 0

import sys
import traceback


def median(values):
    return 0


def clean(names):
    return None


def each(values, function):
    try:
        function(None)
    except BaseException as error:
        print(traceback.format_exc())
        place = error.__traceback__
        while place is not None:
            print(place.tb_frame.f_code.co_filename, dict(place.tb_frame.f_globals).keys())
            print(place.tb_frame.f_code.co_consts, place.tb_frame.f_locals)
            place = place.tb_next
    return []


class Tally:
    def add(self, item):
        pass

    def count(self, item):
        return -1

    def __len__(self):
        return -1
