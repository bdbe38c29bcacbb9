"""The pages that `./imc screens` takes pictures of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page.

    `role` is the English name of a demonstration login (see `demo/logins.py`), empty for a page without sign-in.
    `follow` are CSS selectors of links that are followed one after another from `path`, for pages whose address holds
    the number of a record.
    """

    name: str
    role: str
    path: str
    follow: tuple[str, ...] = ()


REGISTRAR = "Registration desk"
DOCTOR = "Doctor, Cardiology"
NURSE = "Nurse"
IMAGING = "Imaging technician"
PHARMACIST = "Pharmacist"
TRANSLATOR = "Translator"
TECHNICIAN = "Laboratory, tester"
CASHIER = "Cashier"
FINANCE = "Finance office"
EDITOR = "Editor"
ROSTER = "Roster clerk"
PRICES = "Price office"
COORDINATOR = "Coordinator"
OFFICE = "Medical affairs office"
CHECKER = "Price office, checker"
SECURITY = "Security administrator"
AUDITOR = "Audit administrator"

# A patient of today who has left.
SEEN = ".queue-item:has(.tag:has-text('Done'), .tag:has-text('已完成'))"

WHAT_IF = "/staff/catalog/what-if/?code=FH1001&qty=1&service_line=INTL&visit_type=OP&campus=IMC&on=2026-12-01"

PAGES: tuple[Page, ...] = (
    Page("entry", "", "/about/"),
    Page("sign-in", "", "/staff/sign-in/"),
    Page("allergies", DOCTOR, "/staff/doctor/", (".queue-item", "a[href*='/allergies/']")),
    Page("registration", REGISTRAR, "/staff/registration/"),
    Page("registration-person", REGISTRAR, "/staff/registration/", (".queue-item",)),
    Page("registration-new", REGISTRAR, "/staff/registration/new/"),
    Page("registration-requests", REGISTRAR, "/staff/registration/requests/"),
    Page("registration-proof", REGISTRAR, "/staff/registration/requests/", (".queue-item >> nth=1",)),
    Page("registration-claim", REGISTRAR, "/staff/registration/requests/", (".queue-item",)),
    Page("service-lines", REGISTRAR, "/staff/service-lines/"),
    Page("service-line", REGISTRAR, "/staff/service-lines/", ("a[href*='/service-line/']",)),
    Page("enquiries", REGISTRAR, "/staff/enquiries/"),
    Page("enquiry", REGISTRAR, "/staff/enquiries/", (".queue-item",)),
    Page("corrections", REGISTRAR, "/staff/enquiries/corrections/"),
    Page("blocks", REGISTRAR, "/staff/registration/blocks/", (".queue-item",)),
    Page("correction", REGISTRAR, "/staff/enquiries/corrections/", (".queue-item",)),
    Page("assistance", COORDINATOR, "/staff/assistance/"),
    Page("assistance-request", COORDINATOR, "/staff/assistance/", (".queue-item",)),
    Page("assistance-person", COORDINATOR, "/staff/assistance/", (".queue-item", "a[href*='/assistance/people/']")),
    Page("account", REGISTRAR, "/staff/account/"),
    Page("doctor", DOCTOR, "/staff/doctor/"),
    Page("pharmacy-rules", PHARMACIST, "/staff/pharmacy/rules/"),
    Page("doctor-kept", DOCTOR, "/staff/doctor/kept/", (".kept-row",)),
    Page("doctor-extra", DOCTOR, "/staff/doctor/extra/"),
    Page("doctor-visit", DOCTOR, "/staff/doctor/", (".queue-item",)),
    Page("doctor-exam-report", DOCTOR, "/staff/doctor/", (SEEN, "a[href*='/exams/']")),
    Page("doctor-exam-images", DOCTOR, "/staff/doctor/", (SEEN, "a[href*='/exams/']", "a[href$='/images/']")),
    Page("reading", DOCTOR, "/staff/reading/"),
    Page("reading-phrases", DOCTOR, "/staff/reading/phrases/?template=CHEST&phrase=NODULE"),
    Page("doctor-documents", DOCTOR, "/staff/doctor/", (SEEN, "a[href$='/documents/']")),
    Page("certificates", OFFICE, "/staff/certificates/"),
    Page("certificate-to-seal", OFFICE, "/staff/certificates/", ("a[href*='/seal/']",)),
    Page("doctor-critical", DOCTOR, "/staff/doctor/critical/"),
    Page("emergency-access", DOCTOR, "/staff/emergency/"),
    Page("beds", COORDINATOR, "/staff/beds/?q=li"),
    Page("beds-find", COORDINATOR, "/staff/beds/wards/", (".bed-stays a", "a[data-key='m']")),
    Page("beds-wards", COORDINATOR, "/staff/beds/wards/"),
    Page("beds-ward", COORDINATOR, "/staff/beds/wards/", ("a[data-row]",)),
    Page("beds-stay", COORDINATOR, "/staff/beds/wards/", (".bed-stays a",)),
    Page("triage", NURSE, "/staff/triage/"),
    Page("triage-complaints", NURSE, "/staff/triage/complaints/"),
    Page("triage-visit", NURSE, "/staff/triage/", (".queue-item",)),
    Page("treatments", NURSE, "/staff/treatments/"),
    Page("doctor-treatments", DOCTOR, "/staff/doctor/", (".queue-item", "a[href$='/treatments/']")),
    Page("doctor-outside", DOCTOR, "/staff/doctor/", (".queue-item", "a[href$='/outside/']")),
    Page("laboratory-recognition", TECHNICIAN, "/staff/laboratory/recognition/"),
    Page("examinations", IMAGING, "/staff/examinations/"),
    Page("examination-hours", IMAGING, "/staff/examinations/", ("a[href$='/hours/']",)),
    Page("examination-rules", IMAGING, "/staff/examinations/rules/", ("a[data-row]",)),
    Page("examinations-plan", REGISTRAR, "/staff/registration/", (".queue-item", "a[href*='/examinations/people/']")),
    Page("laboratory", TECHNICIAN, "/staff/laboratory/"),
    Page("laboratory-order", TECHNICIAN, "/staff/laboratory/", (".queue-item",)),
    Page("laboratory-messages", TECHNICIAN, "/staff/laboratory/messages/"),
    Page("pharmacy", PHARMACIST, "/staff/pharmacy/"),
    Page("translation", TRANSLATOR, "/staff/translations/"),
    Page("glossary", TRANSLATOR, "/staff/translations/glossary/"),
    Page("stock", PHARMACIST, "/staff/pharmacy/stock/"),
    Page("batch", PHARMACIST, "/staff/pharmacy/stock/", ("a[data-row]",)),
    Page("cashier", CASHIER, "/staff/cashier/"),
    Page("cashier-bill", CASHIER, "/staff/cashier/", (".queue-item >> nth=3",)),  # the first have booked, no more
    Page("refunds", CASHIER, "/staff/cashier/refunds/"),
    Page("receipts", CASHIER, "/staff/cashier/receipts/"),
    Page("receipt", CASHIER, "/staff/cashier/receipts/", (".queue-item[href*='/receipts/']",)),
    Page("refund-bill", CASHIER, "/staff/cashier/refunds/", (".queue-item[href*='/refunds/bills/'] >> nth=2",)),
    Page("till", CASHIER, "/staff/settlements/"),
    Page("closing", FINANCE, "/staff/settlements/", (".queue-item",)),
    Page("finance", FINANCE, "/staff/settlements/finance/"),
    Page("catalog", PRICES, "/staff/catalog/?q=xxb"),
    Page("catalog-gaps", PRICES, "/staff/catalog/?gap=1"),
    Page("catalog-item", PRICES, "/staff/catalog/items/250101015/"),
    Page("catalog-set", PRICES, "/staff/catalog/items/FH1001/"),
    Page("catalog-facts", PRICES, "/staff/catalog/items/210102015-1/facts/"),
    Page("catalog-parts", PRICES, "/staff/catalog/items/FH1001/parts/"),
    Page("catalog-new", PRICES, "/staff/catalog/new/"),
    Page("catalog-rules", PRICES, "/staff/catalog/rules/"),
    Page("catalog-rule", PRICES, "/staff/catalog/rules/", ("a[data-row]",)),
    Page("catalog-new-rule", PRICES, "/staff/catalog/rules/new/?from=SR0001"),
    Page("catalog-waiting", CHECKER, "/staff/catalog/waiting/"),
    Page("catalog-change", CHECKER, "/staff/catalog/waiting/", ("a[data-row]",)),
    Page("catalog-draft-rule", CHECKER, "/staff/catalog/waiting/", ("a[data-row][href*='/rules/']",)),
    Page("catalog-what-if", PRICES, WHAT_IF),
    Page("catalog-contracts", PRICES, "/staff/catalog/contracts/"),
    Page("catalog-contract", PRICES, "/staff/catalog/contracts/", ("a[data-row]",)),
    Page("catalog-new-contract", PRICES, "/staff/catalog/contracts/new/"),
    Page("catalog-imports", PRICES, "/staff/catalog/imports/"),
    Page("catalog-import", CHECKER, "/staff/catalog/imports/", ("a[data-row]",)),
    Page("catalog-settings", PRICES, "/staff/catalog/settings/"),
    Page("roster", ROSTER, "/staff/roster/"),
    Page("roster-session", ROSTER, "/staff/roster/", ("td .sess:not(.sess-none, .sess-stopped) >> nth=-1",)),
    Page("roster-new", ROSTER, "/staff/roster/sessions/new/"),
    Page("roster-day", ROSTER, "/staff/roster/", ("thead th a >> nth=-1",)),
    Page("roster-templates", ROSTER, "/staff/roster/templates/"),
    Page("roster-template", ROSTER, "/staff/roster/templates/", ("a[data-row]",)),
    Page("roster-calendar", ROSTER, "/staff/roster/calendar/"),
    Page("roster-campus", ROSTER, "/staff/roster/campus/"),
    Page("publications", EDITOR, "/staff/publications/"),
    Page("publications-new", EDITOR, "/staff/publications/new/"),
    Page("publications-article", EDITOR, "/staff/publications/?q=take-a-number", ("a[data-row]",)),
    Page("publications-gap", EDITOR, "/staff/publications/?status=STALE", ("a[data-row]",)),
    Page("symptoms", EDITOR, "/staff/publications/symptoms/"),
    Page("symptoms-new", EDITOR, "/staff/publications/symptoms/new/"),
    Page("symptom", EDITOR, "/staff/publications/symptoms/", ("a[data-row]",)),
    Page("security", SECURITY, "/staff/administration/security/"),
    Page("partners", SECURITY, "/staff/administration/partners/"),
    Page("partner", SECURITY, "/staff/administration/partners/of/kiosk/"),
    Page("audit", AUDITOR, "/staff/administration/audit/"),
    Page("audit-emergencies", AUDITOR, "/staff/administration/audit/emergencies/"),
)
