"""The jingles that ship, and the script that makes them."""
