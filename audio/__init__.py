"""How it sounds: clips on a timeline, mixed with jingles, levelled and encoded."""
