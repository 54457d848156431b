"""Gives templates what stands on every page: recent posts, tags and years. Nikola has nothing of its own for it."""

from blinker import signal
from nikola.nikola import Nikola
from nikola.plugin_categories import SignalHandler


class Sidebar(SignalHandler):
    """Adds `sidebar` to what all templates get. Nikola counts it among the dependencies of every page."""

    name = "sidebar"

    def set_site(self, site: Nikola) -> None:
        """Wait until the site knows its posts and terms."""
        super().set_site(site)
        signal("taxonomies_classified").connect(self.add_sidebar)

    def add_sidebar(self, site: Nikola) -> None:
        """Add the titles and addresses of 10 posts, and the addresses and sizes of all tags and years."""
        tags = site.posts_per_classification["tag"]["en"]
        periods = site.posts_per_classification["archive"]["en"]
        years = sorted((name for name in periods if len(name) == len("2010")), reverse=True)
        sections = site.posts_per_classification["category"]["en"]
        site.GLOBAL_CONTEXT["sidebar"] = {
            "recent": [(post.title(), post.permalink()) for post in site.posts[:10]],
            "tags": [(tag, site.link("tag", tag), len(tags[tag])) for tag in sorted(tags)],
            "years": [(year, site.link("archive", year), len(periods[year])) for year in years],
            "sections": [(name, site.link("category", name)) for name in sorted(sections) if name],
        }
