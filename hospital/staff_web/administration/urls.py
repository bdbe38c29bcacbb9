"""Addresses of administration."""

from django.urls import path

from hospital.staff_web.administration import audit, partners, security, views

urlpatterns = [
    path("", views.administration, name="administration"),
    path("audit/", audit.trail, name="audit"),
    path("audit/entries/<int:entry_id>/", audit.entry, name="audit_entry"),
    path("audit/entries/<int:entry_id>/unmask/", audit.unmask_entry, name="audit_unmask"),
    path("audit/chain/", audit.verify, name="audit_verify"),
    path("audit/emergencies/", audit.emergencies, name="audit_emergencies"),
    path("security/", security.staff, name="security"),
    path("security/staff/<uuid:user_id>/", security.member, name="security_member"),
    path("security/staff/<uuid:user_id>/second-factor/", security.reset_totp, name="security_reset_totp"),
    path("security/lock-outs/release/", security.release, name="security_release"),
    path("partners/", partners.partners, name="partners"),
    path("partners/new/", partners.new_partner, name="partner_new"),
    path("partners/of/<slug:code>/", partners.partner, name="partner"),
    path("partners/of/<slug:code>/switch/", partners.switch_partner, name="partner_switch"),
    path("partners/of/<slug:code>/keys/", partners.new_key, name="partner_new_key"),
    path("partners/of/<slug:code>/keys/<slug:key_id>/end/", partners.stop_key, name="partner_end_key"),
]
