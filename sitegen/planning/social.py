"""Social cards: a picture of its title for each post that has no picture of its own, if the site asks for them."""

from collections.abc import Iterator
from importlib.util import find_spec

from sitegen.config import Config
from sitegen.errors import ConfigError, Finding, Severity
from sitegen.model import Post, Site
from sitegen.planning.atlas import Atlas
from sitegen.planning.routes import Routes
from sitegen.theme import CardLook, Theme
from sitegen.view import ImageView, SocialCard

__all__ = ["add_social_cards", "check_social_cards", "social_image", "uncovered"]

_FOLDER = "/social"
_WIDTH, _HEIGHT = 1200, 630
"""Pixels: what Facebook, LinkedIn and X ask for."""


def check_social_cards(config: Config, theme: Theme) -> None:
    """Raise ConfigError if the site asks for social cards and they cannot be drawn."""
    if not config.social_cards:
        return
    if theme.card is None:
        what = f"the theme {theme.name} does not say how social cards look"
        hint = f"take the key out, or add the table [social_card] to themes/{theme.name}/theme.toml"
        raise ConfigError(config.finding(("social_cards",), what, hint=hint))
    if find_spec("PIL") is None:
        what = 'social cards are drawn by Pillow, which the extra "images" brings'
        hint = 'install it: pip install "sitegen[images]"'
        raise ConfigError(config.finding(("social_cards",), what, hint=hint))


def social_image(atlas: Atlas, post: Post) -> ImageView | None:
    """Return the card of a post that has one."""
    if not _look_for(post, atlas.config, atlas.theme):
        return None
    url, addresses = _url(atlas, post), atlas.addresses
    return ImageView(addresses.link(url), post.title, addresses.absolute(url), _WIDTH, _HEIGHT)


def add_social_cards(routes: Routes, atlas: Atlas) -> None:
    """Claim the cards of all posts that have one."""
    for post in atlas.site.posts:
        if look := _look_for(post, atlas.config, atlas.theme):
            date = atlas.calendar.view(post.date).medium
            card = SocialCard(post.title, post.category, date, atlas.config.title, look.style(atlas.theme.assets))
            routes.add(_url(atlas, post), "social-card", card, post.source)


def uncovered(site: Site, config: Config, theme: Theme) -> Iterator[Finding]:
    """Yield a notice for each post that has no card because the theme's font cannot show its words."""
    for post in site.posts:
        if config.social_cards and theme.card and not post.image and (lacking := _lacking(post, config, theme.card)):
            shown = " ".join(lacking[:5])
            what = f"no social card: its font has no {shown}"
            hint = "give the post an `image`, or the theme's card a font for this script"
            yield Finding(what, post.source.place("title"), hint=hint, severity=Severity.NOTICE)


def _look_for(post: Post, config: Config, theme: Theme) -> CardLook | None:
    look = theme.card if config.social_cards and not post.image else None
    return look if look and not _lacking(post, config, look) else None


def _lacking(post: Post, config: Config, look: CardLook) -> str:
    return look.lacks(post.title + post.category + config.title)


def _url(atlas: Atlas, post: Post) -> str:
    stem = atlas.url_of(post).rstrip("/").removesuffix(".html")
    return f"{_FOLDER}{stem}.png"
