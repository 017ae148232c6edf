"""Blueprint, banks and seed give a form: the frozen list of items that one candidate sits."""
