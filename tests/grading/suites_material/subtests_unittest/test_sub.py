import unittest

from solution import digits, roman


class RomanTest(unittest.TestCase):
    cases = {1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 1994: "MCMXCIV"}

    def test_table(self):
        for n, want in self.cases.items():
            with self.subTest(n=n):
                self.assertEqual(roman(n), want)

    def test_errors(self):
        for bad in (0, -1, "x"):
            with self.subTest(bad=bad), self.assertRaises((ValueError, TypeError)):
                roman(bad)

    @classmethod
    def setUpClass(cls):
        cls.shared = digits(905)

    def test_shared(self):
        self.assertSequenceEqual(self.shared, [9, 0, 5])
        self.assertCountEqual(self.shared, [0, 5, 9])

    @unittest.skip("not now")
    def test_skipped(self):
        self.fail()

    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(roman(2), "nope")

    def test_more_asserts(self):
        self.assertAlmostEqual(len(roman(8)) / 3, 4 / 3)
        self.assertTrue(roman(5).isalpha())
        self.assertIsNone(digits(None))
        self.assertGreater(len(roman(3888)), 10)
        self.assertRegex(roman(2024), r"^MM")
        self.assertIs(type(roman(1)), str)
        self.assertDictEqual(dict(zip("ab", digits(12))), {"a": 1, "b": 2})
        self.assertMultiLineEqual(roman(3), "III")


class Isolated(unittest.IsolatedAsyncioTestCase):
    async def test_async(self):
        self.assertEqual(roman(6), "VI")


def load_tests(loader, tests, pattern):
    return tests
