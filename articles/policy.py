"""What is read, announced, kept for the end, or skipped, per kind of block."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from articles.issue import Article, Block, BlockKind


class Treatment(StrEnum):
    """What becomes of a block."""

    READ = "read"
    ANNOUNCE = "announce"
    END = "end"
    SKIP = "skip"


_DEFAULTS = {
    BlockKind.CAPTION: Treatment.ANNOUNCE,
    BlockKind.SIDEBAR: Treatment.ANNOUNCE,
    BlockKind.FOOTNOTE: Treatment.END,
    BlockKind.FORMULA: Treatment.SKIP,
    BlockKind.URL: Treatment.SKIP,
    BlockKind.EMBED: Treatment.SKIP,
}
"""Kinds that are not simply read. A listener cannot see that a caption is one; an address is no use to an ear."""

_ANNOUNCEMENTS = {
    "fr": {
        BlockKind.KICKER: "Rubrique :",
        BlockKind.HEADLINE: "Titre :",
        BlockKind.STANDFIRST: "Chapeau :",
        BlockKind.BYLINE: "Signature :",
        BlockKind.HEADING: "Intertitre :",
        BlockKind.PARAGRAPH: "Texte :",
        BlockKind.LIST_ITEM: "Liste :",
        BlockKind.QUOTATION: "Citation :",
        BlockKind.CAPTION: "Légende :",
        BlockKind.TABLE: "Tableau :",
        BlockKind.SIDEBAR: "Encadré :",
        BlockKind.FOOTNOTE: "Note :",
        BlockKind.FORMULA: "Formule :",
        BlockKind.URL: "Adresse :",
        BlockKind.EMBED: "Contenu intégré :",
    },
    "en": {
        BlockKind.KICKER: "Section:",
        BlockKind.HEADLINE: "Headline:",
        BlockKind.STANDFIRST: "In short:",
        BlockKind.BYLINE: "Byline:",
        BlockKind.HEADING: "Heading:",
        BlockKind.PARAGRAPH: "Text:",
        BlockKind.LIST_ITEM: "List:",
        BlockKind.QUOTATION: "Quote:",
        BlockKind.CAPTION: "Caption:",
        BlockKind.TABLE: "Table:",
        BlockKind.SIDEBAR: "Sidebar:",
        BlockKind.FOOTNOTE: "Note:",
        BlockKind.FORMULA: "Formula:",
        BlockKind.URL: "Address:",
        BlockKind.EMBED: "Embedded content:",
    },
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Treatments by kind where they differ from the defaults; an edition's, with an article's laid over it.

    `rules` maps a kind's name (`caption`, `list item` …) to a treatment's. Raises ValueError where either is unknown.
    """

    rules: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind, how in self.rules.items():
            if kind not in tuple(BlockKind):
                raise ValueError(f"{kind} is no kind of block; these are: {', '.join(BlockKind)}")
            if how not in tuple(Treatment):
                raise ValueError(f"{kind} is “{how}”: write one of {', '.join(Treatment)}")

    def over(self, other: Mapping[str, str]) -> "Policy":
        """The policy with an article's own treatments laid over it."""
        return Policy({**self.rules, **other})

    def treatment(self, block: Block) -> tuple[Treatment, str]:
        """What becomes of the block, and by which rule: its own mark, the settings, or the default."""
        if block.treatment:
            return Treatment(block.treatment), f"marked {block.treatment}"
        if block.kind in self.rules:
            return Treatment(self.rules[block.kind]), f"[reading] {block.kind} = {self.rules[block.kind]}"
        default = _DEFAULTS.get(block.kind, Treatment.READ)
        return default, f"{block.kind}: {default} unless [reading] says otherwise"


def announcement(kind: BlockKind, language: str) -> str:
    """What is said before an announced block, in the article's language; English where there are no words for it."""
    return _ANNOUNCEMENTS.get(language.split("-")[0], _ANNOUNCEMENTS["en"])[kind]


def in_reading_order(article: Article, policy: Policy) -> list[tuple[int, Block]]:
    """The article's blocks with their numbers as they will be read: those kept for the end last."""
    numbered = list(enumerate(article.blocks))
    return sorted(numbered, key=lambda pair: policy.treatment(pair[1])[0] is Treatment.END)
