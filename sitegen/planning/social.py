"""Social cards: a picture of its title for each post that has no picture of its own, if the site asks for them."""

from importlib.util import find_spec

from sitegen.config import Config
from sitegen.errors import ConfigError, Finding, Severity
from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.once import once
from sitegen.planning.routes import Routes
from sitegen.theme import CardLook, Theme
from sitegen.view import ImageView, SocialCard

__all__ = ["add_social_cards", "check_social_cards", "social_image"]

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
    return once(atlas.made.cards, post.source.path, lambda: _card_of(atlas, post))


def add_social_cards(routes: Routes, atlas: Atlas) -> None:
    """Claim the cards of all posts that have one, and note which have none because the font cannot show their words."""
    if (look := atlas.theme.card) is None or not atlas.config.social_cards:
        return
    for post in atlas.site.posts:
        if social_image(atlas, post):
            date = atlas.calendar.view(post.date).medium
            card = SocialCard(post.title, post.category, date, atlas.config.title, look.style(atlas.theme.assets))
            routes.add(_url(atlas, post), "social-card", card, post.source)
        elif not post.image:
            what = f"no social card: its font has no {' '.join(_lacking(atlas, look, post)[:5])}"
            hint = "give the post an `image`, or the theme's card a font for this script"
            routes.faults.append(Finding(what, post.source.place("title"), hint=hint, severity=Severity.NOTICE))


def _card_of(atlas: Atlas, post: Post) -> ImageView | None:
    look = atlas.theme.card
    if look is None or not atlas.config.social_cards or post.image or _lacking(atlas, look, post):
        return None
    url, addresses = _url(atlas, post), atlas.addresses
    return ImageView(addresses.link(url), post.title, addresses.absolute(url), _WIDTH, _HEIGHT)


def _lacking(atlas: Atlas, look: CardLook, post: Post) -> str:
    return look.lacks(post.title + post.category + atlas.config.title)


def _url(atlas: Atlas, post: Post) -> str:
    stem = atlas.url_of(post).rstrip("/").removesuffix(".html")
    return f"{_FOLDER}{stem}.png"
