"""The engine: a project's stages in order, and its reports; what did not change does not run again."""

from kafe.flow.project import Project

__all__ = ["Project"]
