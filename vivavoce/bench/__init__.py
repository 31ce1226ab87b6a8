"""Benchmarks that anyone can rerun: other programs and vivavoce side by side, on the same text in the same voice."""
