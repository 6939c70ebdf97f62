"""Who plays what is embedded: the providers readers know by name, told by the site an address leads to."""

from . import links

# Their names, and the sites that are theirs, with all beneath these.
PROVIDERS = {
    "YouTube": ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    "X": ("x.com", "twitter.com"),
    "Telegram": ("t.me", "telegram.me", "telegram.org"),
    "Instagram": ("instagram.com", "instagr.am"),
}


def provider(url: str) -> str:
    """The name of who plays `url`; empty for a site that is not among them."""
    host = links.host(url)
    for name, sites in PROVIDERS.items():
        if any(host == site or host.endswith(f".{site}") for site in sites):
            return name
    return ""
