"""The master patient index: one person, many identifiers (N10)."""

from django.db import models

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id


class Person(models.Model):
    """A patient. No document number is ever a key. Names are stored as the document prints them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    family_name = models.CharField(max_length=160, blank=True)
    given_names = models.CharField(max_length=160, blank=True)
    printed_name = models.CharField(max_length=330, blank=True)  # as on the document, MRZ order
    chinese_name = models.CharField(max_length=80, blank=True)
    preferred_name = models.CharField(max_length=120, blank=True)
    has_single_name = models.BooleanField(default=False)
    name_key = models.TextField(blank=True)  # folded to ASCII in every spelling, for search
    pinyin = models.CharField(max_length=200, blank=True)
    sex = models.CharField(max_length=1, choices=[("M", "M"), ("F", "F"), ("U", "U")])
    birth_date = models.DateField()
    nationality = models.CharField(max_length=3)  # ISO 3166-1 alpha-3
    languages = models.JSONField(default=list)
    needs_interpreter = models.BooleanField(default=False)
    email = models.CharField(max_length=600, blank=True)  # encrypted
    email_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone = models.CharField(max_length=255, blank=True)  # encrypted
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.TextField(blank=True)  # encrypted
    is_confidential = models.BooleanField(default=False)
    no_allergies_at = models.DateTimeField(null=True)  # when the person was asked and knew of none
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)

    class Meta:
        triggers = [KeepVersions(hidden=("email", "phone", "address"))]


class IdentifierType(models.TextChoices):
    """Identity documents of domain brief 8 (code set CV02.01.101 is mapped in `rules`)."""

    PRC_ID = "PRC_ID", "Mainland ID card"
    HMT_RESIDENCE = "HMT_RESIDENCE", "HK/Macau/Taiwan residence permit"
    FOREIGN_PR = "FOREIGN_PR", "Foreign permanent resident ID card"
    HM_PERMIT = "HM_PERMIT", "HK/Macau mainland travel permit"
    TW_PERMIT = "TW_PERMIT", "Taiwan travel permit"
    HKID = "HKID", "Hong Kong ID card"
    MACAU_ID = "MACAU_ID", "Macau ID card"
    PASSPORT = "PASSPORT", "Passport"
    OTHER = "OTHER", "Other"


class Identifier(models.Model):
    """A document a person has or had."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    type = models.CharField(max_length=20, choices=IdentifierType.choices)
    issuer = models.CharField(max_length=3)  # ISO 3166-1 alpha-3 of the issuing country or region
    number = models.CharField(max_length=255)  # encrypted
    number_index = models.CharField(max_length=64)
    masked_number = models.CharField(max_length=40)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    verified_by = models.CharField(max_length=10, default="NONE")  # OCR, CHIP, MANUAL, NONE
    warnings = models.JSONField(default=list)
    is_primary = models.BooleanField(default=False)  # the one that papers and desks show first
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # no longer shown; the history keeps it, and it is found by its number

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "issuer", "number_index"], name="identifier_once"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(is_primary=True), name="one_primary_identifier"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(is_primary=False), name="primary_identifier_is_current"
            ),
        ]
        indexes = [models.Index(fields=["number_index"], name="identifier_number")]
        triggers = [KeepVersions(hidden=("number",))]


class LocalNumber(models.Model):
    """The medical record number at one campus."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="local_numbers")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    mrn = models.CharField(max_length=20, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "campus"], name="one_mrn_a_campus")]


class Allergy(models.Model):
    """What a person must not get; `group` matches a drug's allergy group. A mistake is struck out, never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="allergies")
    group = models.CharField(max_length=40, blank=True)
    substance_zh = models.CharField(max_length=80)
    substance_en = models.CharField(max_length=120)
    reaction_zh = models.CharField(max_length=200, blank=True)
    reaction_en = models.CharField(max_length=200, blank=True)
    is_severe = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    struck_out_at = models.DateTimeField(null=True)
    struck_out_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    struck_out_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name_plural = "allergies"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "substance_zh"], condition=models.Q(struck_out_at=None), name="allergy_once"
            )
        ]
        triggers = [KeepVersions()]


class AccountPerson(models.Model):
    """A person one may act for in the patient app: oneself or family (A03)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accounts")
    relation = models.CharField(max_length=20)  # SELF, SPOUSE, CHILD, PARENT, OTHER
    is_default = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    guardian_consent_at = models.DateTimeField(null=True)  # for a child under 14 (PIPL, article 31)
    proved_at = models.DateTimeField(null=True)  # the desk accepted the relation, or the record's own contact did

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "person"], condition=models.Q(removed_at=None), name="account_person_once"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(removed_at=None, relation="SELF"), name="account_self_once"
            ),
        ]


class Proof(models.Model):
    """A picture or PDF that the registration desk looks at (A03): a document, a relation, an adult's agreement.

    The file is encrypted, and deleted once the desk has decided.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proofs")
    identifier = models.ForeignKey(Identifier, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ("DOCUMENT", "RELATION", "AGREEMENT")])
    file = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="PENDING")
    reason = models.CharField(max_length=20, blank=True)  # a code of `types.RefusalReason`
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "person", "kind", "identifier"],
                condition=models.Q(state="PENDING"),
                name="one_pending_proof",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["PENDING", "ACCEPTED", "REFUSED", "REPLACED"]), name="proof_state"
            ),
        ]
        indexes = [models.Index(fields=["submitted_at"], condition=models.Q(state="PENDING"), name="proof_pending")]
        triggers = [KeepVersions(hidden=("file",))]


class Claim(models.Model):
    """An account says that a record of the index is its own or its family's (N10): verified before anything is shown.

    `person` stays empty where document, birth date and name do not all agree with one record: the desk sorts it out,
    and the account is told nothing else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="claims")
    relation = models.CharField(max_length=20)
    type = models.CharField(max_length=20, choices=IdentifierType.choices)
    issuer = models.CharField(max_length=3)
    number = models.CharField(max_length=255)  # encrypted
    number_index = models.CharField(max_length=64)
    masked_number = models.CharField(max_length=40)
    family_name = models.CharField(max_length=160, blank=True)
    given_names = models.CharField(max_length=160, blank=True)
    chinese_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField()
    guardian_consent_at = models.DateTimeField(null=True)
    guardian_notice = models.PositiveSmallIntegerField(null=True)  # the version of the text that was agreed to
    language = models.CharField(max_length=10, default="en")  # of the text
    state = models.CharField(max_length=10, default="OPEN")
    verified_by = models.CharField(max_length=4, blank=True)  # CODE, DESK
    reason = models.CharField(max_length=20, blank=True)  # a code of `types.RefusalReason`
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    code_sent_by = models.CharField(max_length=5, blank=True, db_default="")  # EMAIL, PHONE
    code_attempts_left = models.PositiveSmallIntegerField(default=5)
    codes_left = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "number_index"], condition=models.Q(state="OPEN"), name="one_open_claim"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["OPEN", "VERIFIED", "REFUSED", "WITHDRAWN", "EXPIRED"]),
                name="claim_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="VERIFIED") | models.Q(person__isnull=False), name="verified_claim_has_person"
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at"], condition=models.Q(state="OPEN"), name="claim_open"),
            models.Index(fields=["number_index", "opened_at"], name="claim_number"),
        ]
        triggers = [KeepVersions(hidden=("number", "code_hash", "family_name", "given_names", "chinese_name"))]


class InsuranceCard(models.Model):
    """A card of a commercial insurer as the patient typed it: recorded, not yet asked about at the insurer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="insurance_cards")
    insurer = models.CharField(max_length=120)
    plan = models.CharField(max_length=120, blank=True)
    member_number = models.CharField(max_length=255)  # encrypted
    masked_number = models.CharField(max_length=40)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    picture = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], condition=models.Q(ended_at=None), name="insurance_card_current")]
        triggers = [KeepVersions(hidden=("member_number", "picture"))]


class CareRelation(models.Model):
    """Why a campus's or a clinician's staff may see a person; written when a booking or a visit begins (N14)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="care_relations")
    campus_code = models.CharField(max_length=20)
    user_id = models.UUIDField(null=True)  # the treating doctor's sign-in; null: desk staff of the campus
    source = models.CharField(max_length=64)  # appointment or encounter
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "campus_code"], name="care_relation_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "campus_code", "user_id", "source"], name="care_relation_once", nulls_distinct=False
            )
        ]


class EmergencyAccess(models.Model):
    """Break-glass: a member of staff without a care relation opened a record, and said why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    user_id = models.UUIDField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "user_id", "expires_at"], name="emergency_access_open")]


class BodyFacts(models.Model):
    """What prescribing has to know of a body, as somebody recorded it: weight and pregnancy; the newest row counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    weight_kg = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    due_on = models.DateField(null=True)  # the day the child is due, while pregnant
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "body facts"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight_kg=None) | models.Q(weight_kg__gt=0, weight_kg__lt=500),
                name="weight_in_sense",
            )
        ]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="body_facts_person")]
        triggers = [AppendOnly()]
