"""What can be asked, one folder per item type; `registry` lists them, `spec` says what each must give."""
