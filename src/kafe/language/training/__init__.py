"""How the bundled models are trained and measured."""
