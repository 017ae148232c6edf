"""The screens (Textual): what a candidate sees and does. Every rule lives below; a screen shows state and sends commands."""
