"""Sentences -> themes (`coding`), and themes -> shares and agreement (`measures`)."""

from govtext.emphasis.coding import Hit, code, code_themes, count_hits, hits, theme_ids

__all__ = ["Hit", "code", "code_themes", "count_hits", "hits", "theme_ids"]
