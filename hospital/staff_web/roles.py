"""What roles are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.kernel.actors import Role

ROLE_NAMES: dict[Role, Promise] = {
    Role.REGISTRAR: _("Registrar"),
    Role.CASHIER: _("Cashier"),
    Role.DOCTOR: _("Doctor"),
    Role.NURSE: _("Nurse"),
    Role.LAB_TECHNICIAN: _("Laboratory technician"),
    Role.IMAGING_TECHNICIAN: _("Imaging technician"),
    Role.PHARMACIST: _("Pharmacist"),
    Role.PRICE_OFFICER: _("Price officer"),
    Role.FINANCE: _("Finance office"),
    Role.EDITOR: _("Editor"),
    Role.ROSTER_CLERK: _("Roster clerk"),
    Role.COORDINATOR: _("Coordinator"),
    Role.MEDICAL_AFFAIRS: _("Medical affairs office"),
    Role.TRANSLATOR: _("Translator"),
    Role.SYSTEM_ADMIN: _("System administrator"),
    Role.SECURITY_ADMIN: _("Security administrator"),
    Role.AUDIT_ADMIN: _("Audit administrator"),
}

# Roles that meet patients; administrators search nobody.
SEARCHERS = (Role.REGISTRAR, Role.CASHIER, Role.DOCTOR, Role.NURSE, Role.LAB_TECHNICIAN, Role.IMAGING_TECHNICIAN)
# Roles to whom break-glass is open.
CLINICAL = (Role.DOCTOR, Role.NURSE)
