"""Items with parameters: a template, its exact expressions, and the concrete items that values give."""
