"""The tables of the catalog."""

from hospital.catalog.models.changes import CatalogImport, ItemChange
from hospital.catalog.models.composites import CompositeComponent, CompositeList, CompositeRatio
from hospital.catalog.models.items import CatalogItem, DrugDetail, ServiceDetail, StandardPrice
from hospital.catalog.models.surcharges import OfficeSettings, SurchargeRuleRow

__all__ = [
    "CatalogImport",
    "CatalogItem",
    "CompositeComponent",
    "CompositeList",
    "CompositeRatio",
    "DrugDetail",
    "ItemChange",
    "OfficeSettings",
    "ServiceDetail",
    "StandardPrice",
    "SurchargeRuleRow",
]
