"""The CommonMark parser that every reader of Markdown here uses, with bounds of its own for nesting."""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MAX_NESTING = 100
"""Levels of blocks, of which a quotation takes one and a list two. What lies deeper markdown-it-py passes over without
a word, in its own preset for CommonMark from level 20 on: the tenth list within lists."""

_BRACKETS_IN_BRACKETS = 5
"""Of which the innermost is text: four are followed. Editors need three: a link in a marked passage in a note. Each
level is another look at the rest of the paragraph."""


FEWER = "write it with fewer: nobody can hear so many"
"""What to do with blocks that lie deeper, for messages."""


class NestedTooDeep(ValueError):
    """Blocks lie in blocks to a depth at which text would be lost; `line` is counted from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(f"more than {MAX_NESTING} levels of lists and quotations in one another")
        self.line = line


def commonmark(*more: str) -> MarkdownIt:
    """A parser of CommonMark with HTML, and `more` of markdown-it's rules. It raises NestedTooDeep."""
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(list(more))
    shallow = MarkdownIt("commonmark", {"html": True, "maxNesting": _BRACKETS_IN_BRACKETS})
    shallow.inline = markdown.inline  # with the rules of the plugins that are yet to come

    def inline(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                markdown.inline.parse(token.content, shallow, state.env, token.children)

    markdown.core.ruler.at("inline", inline)
    markdown.core.ruler.after("block", "nesting", lambda state: _refuse_depth(state.tokens))
    return markdown


def _refuse_depth(tokens: list[Token]) -> None:
    """Raise NestedTooDeep where a block lies so deep that those within it were passed over."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.level >= MAX_NESTING - 1:
            raise NestedTooDeep(line)
