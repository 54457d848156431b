"""The small views that several pages share: people, promos, comments, summaries."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from sitegen.config import Config
from sitegen.model import Author, Comment, CommentPolicy, Document, Page, Post, Promo, Source
from sitegen.planning.atlas import Atlas
from sitegen.planning.once import once
from sitegen.planning.permalinks import folder_of
from sitegen.planning.taxonomies import Kind
from sitegen.text import opening_sentences, shorten
from sitegen.view import AuthorView, CommentsView, CommentView, PromoView

__all__ = ["author_view", "comments_view", "description_of", "has_comments", "plain_text", "promo_view", "summary_of"]

# A dek is one to three lines on a card; search results show about 160 characters.
_SUMMARY_LEAST, _SUMMARY_MOST, _DESCRIPTION_MOST = 80, 280, 160


def author_view(atlas: Atlas, author: Author) -> AuthorView:
    """Return an author as bylines, bio boxes and author pages show one."""
    if author.source is None:
        return _author_view(atlas, author)
    return once(atlas.made.authors, author.id, lambda: _author_view(atlas, author))


def _author_view(atlas: Atlas, author: Author) -> AuthorView:
    term = atlas.terms.find(Kind.AUTHOR, author.id)
    source = author.source or author.described_in
    return AuthorView(
        id=author.id,
        name=author.name,
        url=atlas.addresses.link(term.url) if term else "",
        bio=atlas.body(author.bio.body, source) if author.bio and source else None,
        short=author.short,
        role=author.role,
        email=author.email,
        website=author.url,
        photo=atlas.image(author.photo, source, "photo"),
        same_as=author.same_as,
        feed_url=atlas.addresses.link(f"{folder_of(term.url)}feed.xml") if term else "",
    )


def promo_view(atlas: Atlas, promo: Promo, post: Post | None = None) -> PromoView:
    """Return a promo; an inline one takes its links from the `post` that it stands in."""
    source = promo.source
    if source is None:
        return _promo_view(atlas, promo, post.source if post else Source(""), "promo.url", "promo.image")
    return once(atlas.made.promos, promo.id, lambda: _promo_view(atlas, promo, source, "url", "image"))


def _promo_view(atlas: Atlas, promo: Promo, source: Source, url_key: str, image_key: str) -> PromoView:
    url = atlas.links.resolve(promo.url, source.place(url_key))
    return PromoView(
        id=promo.id,
        title=promo.title,
        body=atlas.body(promo.body.body, source),
        label=promo.label,
        url=atlas.addresses.link(url),
        image=atlas.image(promo.image, source, image_key),
    )


def has_comments(post: Post, config: Config) -> bool:
    """Whether a post has a comment line, and a part for comments on its page."""
    return post.comments is not CommentPolicy.OFF and config.comments.provider != "none"


def comments_view(atlas: Atlas, post: Post, *, thread: bool) -> CommentsView | None:
    """Return the comment line of a post, with the `thread` on its own page; None when it has none."""
    if not has_comments(post, atlas.config):
        return None
    count = len(post.thread)
    return CommentsView(
        url=f"{atlas.post_link(post).url}#comments",
        text=atlas.counted("comments", count),
        count=count,
        open=post.comments is CommentPolicy.OPEN,
        id=post.id,
        thread=_thread(atlas, post.thread) if thread else (),
    )


def _thread(atlas: Atlas, comments: tuple[Comment, ...]) -> tuple[CommentView, ...]:
    """Return the comments that answer none, each with the replies to it, oldest first."""
    replies: dict[str, list[Comment]] = {}
    for comment in comments:
        replies.setdefault(comment.reply_to, []).append(comment)
    return _answers(atlas, replies, "")


def _answers(atlas: Atlas, replies: Mapping[str, list[Comment]], parent: str) -> tuple[CommentView, ...]:
    return tuple(
        CommentView(
            id=f"comment-{comment.id}",
            author=comment.author,
            url=comment.url,
            date=atlas.calendar.view(comment.date),
            time=f"{comment.date.astimezone(atlas.calendar.zone):%H:%M}",
            body=Markup(comment.body),  # noqa: S704  # sanitised when it was read
            replies=_answers(atlas, replies, comment.id),
        )
        for comment in replies.get(parent, ())
    )


def summary_of(summary: Document | None, document: Document) -> Markup:
    """Return the dek as inline HTML: the summary, else what stands before `<!-- more -->`, else the opening."""
    if summary is not None and (inline := summary.inline):
        return Markup(inline)  # noqa: S704  # converted from Markdown
    if document.more:
        return Markup(document.more)  # noqa: S704
    return escape(opening_sentences(document.lead_text, least=_SUMMARY_LEAST, most=_SUMMARY_MOST))


def plain_text(summary: Markup) -> str:
    """Return a dek in plain text."""
    text = str(summary)
    return str(summary.striptags()) if "<" in text or "&" in text else " ".join(text.split())


def description_of(item: Post | Page, summary: str) -> str:
    """Return the plain text that search results show: `description`, else the `summary`, shortened."""
    return item.description or shorten(summary, _DESCRIPTION_MOST)
