"""Do people code alike? Coefficients, spans, drift, and consensus."""
