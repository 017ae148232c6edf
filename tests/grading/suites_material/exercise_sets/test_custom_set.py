# submission: custom_set
import unittest

from custom_set import CustomSet


class CustomSetTest(unittest.TestCase):
    def test_empty(self):
        self.assertIs(CustomSet().isempty(), True)
        self.assertIs(CustomSet([1]).isempty(), False)

    def test_contains(self):
        self.assertIs(1 in CustomSet([1, 2, 3]), True)
        self.assertIs(4 in CustomSet([1, 2, 3]), False)
        self.assertIn(2, CustomSet([2]))

    def test_subset(self):
        self.assertIs(CustomSet([1]).issubset(CustomSet([1, 2])), True)
        self.assertIs(CustomSet([3]) <= CustomSet([1, 2]), False)

    def test_equal(self):
        self.assertEqual(CustomSet([1, 2]), CustomSet([2, 1]))
        self.assertNotEqual(CustomSet([1, 2]), CustomSet([1]))

    def test_add(self):
        s = CustomSet([1])
        s.add(2)
        s.add(2)
        self.assertEqual(s, CustomSet([1, 2]))
        self.assertEqual(len(s), 2)

    def test_operators(self):
        a, b = CustomSet([1, 2, 3]), CustomSet([2, 3, 4])
        self.assertEqual(a & b, CustomSet([2, 3]))
        self.assertEqual(a | b, CustomSet([1, 2, 3, 4]))
        self.assertEqual(a - b, CustomSet([1]))
        self.assertEqual(a ^ b, CustomSet([1, 4]))

    def test_iterates(self):
        self.assertEqual(sorted(CustomSet([3, 1])), [1, 3])
