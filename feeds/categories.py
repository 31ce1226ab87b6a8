"""Apple's podcast categories, which every directory understands, and a check that names the nearest one.

Source: Apple Podcasts for Creators, "Apple Podcasts categories": 19 categories and 91 subcategories.
"""

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
        "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
        "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
        "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
        "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
        "Government": (),
        "Health & Fitness": (
            "Alternative Health",
            "Fitness",
            "Medicine",
            "Mental Health",
            "Nutrition",
            "Sexuality",
        ),
        "History": (),
        "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
        "Leisure": (
            "Animation & Manga",
            "Automotive",
            "Aviation",
            "Crafts",
            "Games",
            "Hobbies",
            "Home & Garden",
            "Video Games",
        ),
        "Music": ("Music Commentary", "Music History", "Music Interviews"),
        "News": (
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ),
        "Religion & Spirituality": (
            "Buddhism",
            "Christianity",
            "Hinduism",
            "Islam",
            "Judaism",
            "Religion",
            "Spirituality",
        ),
        "Science": (
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ),
        "Society & Culture": (
            "Documentary",
            "Personal Journals",
            "Philosophy",
            "Places & Travel",
            "Relationships",
        ),
        "Sports": (
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ),
        "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
        "Technology": (),
        "True Crime": (),
    }
)


def check_category(category: str, subcategory: str = "") -> None:
    """Nothing, if Apple has this category and, where one is given, this subcategory within it.

    Raises ValueError with the nearest name, or with the whole list where nothing is near.
    """
    if category not in CATEGORIES:
        raise ValueError(f'category "{category}" is not one of Apple\'s; {_suggestion(category)}')
    known = CATEGORIES[category]
    if subcategory and not known:
        raise ValueError(f'subcategory "{subcategory}": the category "{category}" has none; leave it out')
    if subcategory and subcategory not in known:
        hint = _nearest(subcategory, known)
        raise ValueError(f'subcategory "{subcategory}" is not one of Apple\'s under "{category}"; {hint}')


def _suggestion(category: str) -> str:
    for parent, subcategories in CATEGORIES.items():
        if category in subcategories:
            return f'it is a subcategory: write category = "{parent}" and subcategory = "{category}"'
    return _nearest(category, CATEGORIES)


def _nearest(name: str, known: Iterable[str]) -> str:
    spelt = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(name.casefold(), spelt, n=1, cutoff=0.5)
    if close:
        return f'did you mean "{spelt[close[0]]}"?'
    return "choose one of: " + ", ".join(spelt.values())
