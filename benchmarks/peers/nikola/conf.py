BLOG_AUTHOR = "The Night Desk"
BLOG_TITLE = "The Saltmarsh Courier"
SITE_URL = "https://courier.example/"
URL_TYPE = "full_path"
BLOG_EMAIL = "desk@courier.example"
BLOG_DESCRIPTION = "What happened in Saltmarsh, and what was said about it."
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
THEME = "courier"
NAVIGATION_LINKS = {"en": ()}

POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = [
    "markdown.extensions.extra",
    "markdown.extensions.smarty",
    "markdown.extensions.toc",
    "markdown.extensions.codehilite",
]
FILES_FOLDERS = {"files": ""}
IMAGE_FOLDERS = {}
COPY_SOURCES = False
USE_BUNDLES = False
COMMENT_SYSTEM = ""

INDEX_DISPLAY_POST_COUNT = 10
INDEXES_PRETTY_PAGE_URL = ["page", "{number}", "{index_file}"]
INDEXES_STATIC = False
TAG_PATH = "tags"
TAG_PAGES_ARE_INDEXES = True
CATEGORY_PATH = "sections"
CATEGORY_PREFIX = ""
CATEGORY_PAGES_ARE_INDEXES = True
AUTHOR_PATH = "authors"
AUTHOR_PAGES_ARE_INDEXES = True
CREATE_MONTHLY_ARCHIVE = True

FEED_LENGTH = 20
FEED_TEASERS = False
