"""Characters per second of the whole text stage, on one core: sentences, languages, speech rules, the way back.

Run it with `make bench`.
"""

import time
from pathlib import Path

from articles.markdown import read_article
from articles.segments import HouseStyle, write_script

EXAMPLES = Path(__file__).parents[1] / "examples" / "issues"
LANGUAGES = ("en", "fr")
ROUNDS = 5


def main() -> None:
    """Print a line per language."""
    articles = [read_article(path, LANGUAGES) for path in sorted(EXAMPLES.rglob("*.md"))]
    style = HouseStyle(languages=LANGUAGES)
    for article in articles:  # once for the caches of numbers and patterns that any issue fills
        write_script(article, style)
    print(f"{'text stage':18}{'characters':>14}{'characters per s':>20}")
    for language in LANGUAGES:
        chosen = [article for article in articles if article.language == language]
        characters = ROUNDS * sum(len(block.text) for article in chosen for block in article.blocks)
        began = time.process_time()
        for _ in range(ROUNDS):
            for article in chosen:
                write_script(article, style)
        print(f"{language:18}{characters:>14}{characters / (time.process_time() - began):>20.0f}")


if __name__ == "__main__":
    main()
