# submission: bank_account
import unittest

from bank_account import BankAccount, InsufficientFunds


class BankAccountTest(unittest.TestCase):
    def setUp(self):
        self.account = BankAccount("Ada", 100)

    def test_new_account_has_owner_and_balance(self):
        self.assertEqual(self.account.owner, "Ada")
        self.assertEqual(self.account.balance, 100)

    def test_deposit(self):
        self.account.deposit(50)
        self.assertEqual(self.account.balance, 150)

    def test_withdraw(self):
        self.account.withdraw(30)
        self.assertEqual(self.account.balance, 70)

    def test_overdraw(self):
        with self.assertRaises(InsufficientFunds) as err:
            self.account.withdraw(1000)
        self.assertEqual(type(err.exception), InsufficientFunds)
        self.assertEqual(err.exception.args[0], "not enough money")
        self.assertEqual(err.exception.missing, 900)
        self.assertEqual(self.account.balance, 100)

    def test_negative(self):
        with self.assertRaisesRegex(ValueError, "positive"):
            self.account.deposit(-5)
        self.assertRaises(ValueError, self.account.withdraw, -1)

    def test_history(self):
        self.account.deposit(1)
        self.account.withdraw(2)
        self.assertListEqual(self.account.history, [("deposit", 1), ("withdraw", 2)])

    def test_is_subclass(self):
        self.assertTrue(issubclass(InsufficientFunds, ValueError))
        self.assertIsInstance(self.account, BankAccount)
        self.assertNotIsInstance(self.account, dict)

    def test_str(self):
        self.assertEqual(str(self.account), "Ada: 100")
        self.assertIn("Ada", repr(self.account))

    def test_accounts_are_independent(self):
        other = BankAccount("Bob")
        other.deposit(10)
        self.assertEqual(other.balance, 10)
        self.assertEqual(self.account.balance, 100)


if __name__ == "__main__":
    unittest.main()
