"""The rule for small groups: which counts and quotes may be shown."""

from kafe.privacy.small_counts import hide_small_counts, may_quote, visible_count

__all__ = ["hide_small_counts", "may_quote", "visible_count"]
