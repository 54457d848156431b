const footnote = require("markdown-it-footnote");

const perPage = 10;
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const month = (post) => post.date.toISOString().slice(0, 7).replace("-", "/");
const year = (post) => post.date.toISOString().slice(0, 4);

// Each key once, with its posts, the newest first.
function grouped(posts, keysOf) {
  const groups = new Map();
  for (const post of posts) {
    for (const key of keysOf(post)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(post);
    }
  }
  return [...groups];
}

// Lists with their names and addresses: the front page, tags, sections, authors.
function lists(posts, slugify) {
  const terms = (folder, keysOf) =>
    grouped(posts, keysOf).map(([title, of]) => ({ folder, title, url: `/${folder}/${slugify(title)}/`, posts: of }));
  return [
    { folder: "", title: "The Saltmarsh Courier", url: "/", posts },
    ...terms("tags", (post) => post.data.tags),
    ...terms("sections", (post) => [post.data.category]),
    ...terms("authors", (post) => [post.data.author]),
  ];
}

function pages(list) {
  const count = Math.ceil(list.posts.length / perPage);
  const url = (number) => (number === 1 ? list.url : `${list.url}page/${number}/`);
  return Array.from({ length: count }, (_, index) => ({
    title: list.title,
    url: url(index + 1),
    number: index + 1,
    count,
    newer: index > 0 && url(index),
    older: index + 1 < count && url(index + 2),
    posts: list.posts.slice(index * perPage, (index + 1) * perPage),
  }));
}

module.exports = function (config) {
  const slugify = config.getFilter("slugify");
  const remembered = new WeakMap();
  // What all collections are made of, once per build.
  const site = (api) => {
    const all = api.getAll();
    if (!remembered.has(all)) {
      const posts = api.getFilteredByGlob("content/posts/**/*.md").reverse();
      posts.forEach((post, index) => Object.assign(post.data, { newer: posts[index - 1], older: posts[index + 1] }));
      remembered.set(all, { posts, lists: lists(posts, slugify) });
    }
    return remembered.get(all);
  };
  const periods = (api, name) =>
    grouped(site(api).posts, (post) => [name(post)]).map(([key, posts]) => ({ name: key, url: `/${key}/`, posts }));

  config.addCollection("lists", (api) => site(api).lists.flatMap(pages));
  config.addCollection("feeds", (api) => site(api).lists);
  config.addCollection("months", (api) => periods(api, month));
  config.addCollection("years", (api) => periods(api, year));
  config.addCollection("sidebar", (api) => {
    const terms = (folder) =>
      site(api)
        .lists.filter((list) => list.folder === folder)
        .map(({ title, url, posts }) => ({ title, url, count: posts.length }))
        .sort((one, other) => one.title.localeCompare(other.title, "en"));
    return { recent: site(api).posts.slice(0, 10), tags: terms("tags"), sections: terms("sections") };
  });

  config.addFilter("day", (date) => day.format(date));
  config.addFilter("shortDay", (date) => shortDay.format(date));
  config.addFilter("month", month);
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.amendLibrary("md", (markdown) => markdown.set({ typographer: true }).use(footnote));
  config.addPassthroughCopy({ "content/images": "images", "style.css": "style.css" });
  return { dir: { input: "content", includes: "../includes", output: "_site" }, markdownTemplateEngine: false };
};
