# submission: clock
import unittest

from clock import Clock


class ClockTest(unittest.TestCase):
    def test_text(self):
        self.assertEqual(str(Clock(8, 0)), "08:00")
        self.assertEqual(repr(Clock(12, 0)), "Clock(12, 0)")

    def test_rollover(self):
        self.assertEqual(str(Clock(72, 8640)), "00:00")
        self.assertEqual(str(Clock(-25, -160)), "20:20")

    def test_add(self):
        self.assertEqual(str(Clock(10, 0) + 3), "10:03")
        self.assertEqual(Clock(23, 59) + 2, Clock(0, 1))

    def test_subtract(self):
        self.assertEqual(str(Clock(10, 3) - 30), "09:33")
        self.assertEqual(Clock(0, 3) - 4, Clock(23, 59))

    def test_equal(self):
        self.assertEqual(Clock(15, 37), Clock(15, 37))
        self.assertNotEqual(Clock(15, 36), Clock(15, 37))
        self.assertEqual(Clock(-12, 268), Clock(112, 268 + 60 * 20))
