"""The screens (Textual): what a candidate sees and does. Rules live below; a screen shows state and sends commands."""
