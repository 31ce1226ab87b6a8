"""Rules that hold in every language: marks for the eye before all others, what is left over after all others."""
