"""What can be asked: bank, exercise and blueprint files with line numbers, the catalogue of banks, bank-wide lint."""
