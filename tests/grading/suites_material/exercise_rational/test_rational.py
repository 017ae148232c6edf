import math
import unittest

from solution import Rational


class RationalTest(unittest.TestCase):
    def test_arithmetic(self):
        self.assertEqual(Rational(1, 2) + Rational(2, 3), Rational(7, 6))
        self.assertEqual(Rational(1, 2) - Rational(1, 2), Rational(0, 1))
        self.assertEqual(Rational(1, 2) * Rational(2, 3), Rational(1, 3))
        self.assertEqual(Rational(1, 2) / Rational(2, 3), Rational(3, 4))

    def test_abs(self):
        self.assertEqual(abs(Rational(-1, 2)), Rational(1, 2))

    def test_power(self):
        self.assertEqual(Rational(-1, 2) ** 3, Rational(-1, 8))
        self.assertEqual(Rational(3, 5) ** -2, Rational(25, 9))

    def test_real_power(self):
        self.assertAlmostEqual(8 ** Rational(4, 3), 16.0, places=8)
        self.assertAlmostEqual(2 ** Rational(0, 1), 1.0)

    def test_reduced(self):
        r = Rational(-4, -6)
        self.assertEqual((r.numer, r.denom), (2, 3))

    def test_order(self):
        self.assertTrue(Rational(1, 3) < Rational(1, 2))
        self.assertEqual(max(Rational(1, 3), Rational(1, 2)), Rational(1, 2))

    def test_float(self):
        self.assertTrue(math.isclose(float(Rational(1, 4)), 0.25))
        self.assertEqual(int(Rational(7, 2)), 3)
        self.assertEqual(round(Rational(7, 3)), 2)

    def test_zero(self):
        with self.assertRaises(ZeroDivisionError):
            Rational(1, 0)
