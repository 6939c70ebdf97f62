"""Bodies for tests: one of every block, and any at all."""

from hypothesis import strategies as st

from articles.body import document

PICTURE = "0b9d3c1e-6f0a-4c53-9a55-3f5f0a7c9d10"
SECOND_PICTURE = "5d0c3f0e-9d1b-4a7e-8f63-0d6a1e2b4c5d"
OTHER_STORY = "c2a2b9a4-7f2b-4a8e-b7a0-1f2e3d4c5b6a"


def one_of_each():
    """A body with every kind of block and every mark."""
    return document.document(
        [
            document.paragraph("The Zarn rose past the iron mark of 1968."),
            document.paragraph(
                [
                    document.text("Minutes ", italic=True),
                    document.text("seen by ", link="https://example.org/minutes?a=1&b=2"),
                    document.text("us", bold=True, link="https://example.org/minutes?a=1&b=2"),
                    {"type": "hard_break"},
                    document.text("and another story", link=f"story:{OTHER_STORY}"),
                ]
            ),
            document.crosshead("“We counted turns, not hours”"),
            document.quote("“You look at the chalk line.”", "Ruben Castellane, gatekeeper"),
            document.pull_quote("“That door should go to the museum.”", "Mina Orlow"),
            document.bullet_list(["Tap water is safe.", "Tram 2 turns round."]),
            document.bullet_list(["First", "Second"], ordered=True),
            document.figure(PICTURE),
            document.gallery([PICTURE, SECOND_PICTURE], "the night at the weir"),
            document.table([["Year", "Grey"], ["2023", "61.0"]], "What the pans gave"),
            document.fact_box("The night in figures", ["So far.", document.bullet_list(["Highest level: 4.61 m"])]),
            document.embed("https://www.example.org/film", "The film"),
            document.divider(),
        ]
    )


WORDS = st.text(max_size=40)
LINK = {"type": "link", "attrs": {"href": "/en/", "target": "_blank", "rel": None}}
MARK = st.sampled_from([{"type": "bold"}, {"type": "italic"}, {"type": "strike", "attrs": {}}, LINK])
MARKS = st.lists(MARK, max_size=3, unique_by=str)
TEXT = st.builds(lambda words, marks: {"type": "text", "text": words, "marks": marks}, WORDS, MARKS)
INLINE = st.lists(TEXT | st.just({"type": "hard_break"}), max_size=5)
IDS = st.none() | st.sampled_from(["aaaaaaaaaaaa", "bbbbbbbbbbbb", "not an id"])


def _block(kind, content, **attrs):
    return st.builds(
        lambda block_id, content, given: {"type": kind, "attrs": {"id": block_id} | given, "content": content},
        IDS,
        content,
        st.fixed_dictionaries(attrs),
    )


PARAGRAPH = _block("paragraph", INLINE)
PARAGRAPHS = st.lists(PARAGRAPH, min_size=1, max_size=3)
FLAT_LIST = _block("list", st.lists(_block("item", PARAGRAPHS), min_size=1, max_size=3), ordered=st.booleans())
LIST = _block(
    "list",
    st.lists(_block("item", st.lists(PARAGRAPH | FLAT_LIST, min_size=1, max_size=3)), min_size=1, max_size=3),
)
ROW = _block(
    "row", st.lists(_block("header", INLINE) | _block("cell", INLINE, colspan=st.just(1)), min_size=1, max_size=3)
)
BLOCK = st.one_of(
    PARAGRAPH,
    _block("crosshead", INLINE),
    _block("quote", PARAGRAPHS, attribution=WORDS),
    _block("pull_quote", PARAGRAPHS, attribution=WORDS),
    LIST,
    _block("figure", st.just([]), attachment=st.sampled_from([PICTURE, SECOND_PICTURE.upper()])),
    _block("gallery", st.just([]), attachments=st.just([PICTURE, PICTURE]), title=WORDS),
    _block("table", st.lists(ROW, min_size=1, max_size=3), caption=WORDS),
    _block("fact_box", st.lists(PARAGRAPH | LIST, min_size=1, max_size=2), title=WORDS),
    _block("embed", st.just([]), url=st.just("https://example.org/<film>"), title=WORDS),
    _block("divider", st.just([])),
)
DOCUMENTS = st.lists(BLOCK, max_size=6).map(lambda blocks: {"type": "doc", "content": blocks})
