"""Writes of the publications."""

from hospital.publications.services.articles import create_article, save_article
from hospital.publications.services.pictures import add_picture
from hospital.publications.services.releases import publish_article, withdraw_article
from hospital.publications.services.telling import begin_telling

__all__ = ["add_picture", "begin_telling", "create_article", "publish_article", "save_article", "withdraw_article"]
