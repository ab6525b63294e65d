"""Linear algebra on one thread, so that sums come out the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threadpoolctl import threadpool_limits


def one_thread() -> threadpool_limits:
    """Return a context in which NumPy, SciPy and scikit-learn use one thread.

    Only libraries that are loaded when it is entered can be limited; so they are loaded first.
    """
    import sklearn.cluster
    import sklearn.decomposition  # noqa: F401
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)
