"""Addresses of the price office's desk."""

from django.urls import path

from hospital.staff_web.catalog import contracts, facts, imports, items, parts, questions, rules

urlpatterns = [
    path("", items.items, name="catalog"),
    path("new/", items.new_item, name="catalog_new_item"),
    path("items/<str:code>/", items.item, name="catalog_item"),
    path("items/<str:code>/change/", items.draft, name="catalog_draft"),
    path("items/<str:code>/facts/", facts.facts, name="catalog_facts"),
    path("items/<str:code>/parts/", parts.parts, name="catalog_parts"),
    path("find/", facts.find, name="catalog_find"),
    path("rules/", rules.rules, name="catalog_rules"),
    path("rules/new/", rules.new_rule, name="catalog_new_rule"),
    path("rules/<uuid:rule_id>/", rules.rule, name="catalog_rule"),
    path("rules/<uuid:rule_id>/decide/", rules.decide_rule, name="catalog_decide_rule"),
    path("rules/<uuid:rule_id>/end/", rules.end, name="catalog_end_rule"),
    path("changes/<uuid:change_id>/", rules.change, name="catalog_change"),
    path("changes/<uuid:change_id>/decide/", rules.decide_change, name="catalog_decide_change"),
    path("waiting/", rules.waiting, name="catalog_waiting"),
    path("what-if/", questions.what_if, name="catalog_what_if"),
    path("contracts/", contracts.contracts, name="catalog_contracts"),
    path("contracts/new/", contracts.new_contract, name="catalog_new_contract"),
    path("contracts/<uuid:contract_id>/", contracts.contract, name="catalog_contract"),
    path("contracts/<uuid:contract_id>/end/", contracts.end, name="catalog_end_contract"),
    path("imports/", imports.imports, name="catalog_imports"),
    path("imports/<uuid:import_id>/", imports.imported, name="catalog_import"),
    path("imports/<uuid:import_id>/approve/", imports.approve, name="catalog_approve_import"),
    path("export/catalog.csv", imports.export, {"form": "csv"}, name="catalog_export_csv"),
    path("export/catalog.xlsx", imports.export, {"form": "xlsx"}, name="catalog_export_xlsx"),
    path("settings/", questions.settings, name="catalog_settings"),
]
