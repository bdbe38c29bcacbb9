"""Addresses of the cashier's desk."""

from django.urls import path

from hospital.staff_web.cashier import collect, paid, payers, receipts, refunds, troubled, views

urlpatterns = [
    path("", views.desk, name="cashier"),
    path("queue/", views.queue, name="cashier_queue"),
    path("returned/", views.returned, name="cashier_returned"),
    path("people/<uuid:person_id>/", views.person, name="cashier_person"),
    path("people/<uuid:person_id>/quote/", views.quote, name="cashier_quote"),
    path("people/<uuid:person_id>/pay/", views.pay, name="cashier_pay"),
    path("people/<uuid:person_id>/card/", payers.add_card, name="cashier_add_card"),
    path("people/<uuid:person_id>/insurance/", views.ask_national, name="cashier_ask_national"),
    path("payments/<uuid:payment_id>/", views.payment_state, name="cashier_payment"),
    path("bills/<uuid:settlement_id>/", paid.bill, name="cashier_bill"),
    path("bills/<uuid:settlement_id>/statement/", paid.statement, name="cashier_statement"),
    path("collect/<uuid:settlement_id>/", collect.collect, name="cashier_collect"),
    path("collect/<uuid:settlement_id>/state/", collect.state, name="cashier_collect_state"),
    path("collect/<uuid:settlement_id>/take/", collect.take, name="cashier_take"),
    path("collect/<uuid:settlement_id>/stop/", collect.stop, name="cashier_stop"),
    path("collect/<uuid:settlement_id>/give-up/", collect.give_up, name="cashier_give_up"),
    path("troubled/", troubled.show, name="cashier_troubled"),
    path("troubled/claims/<str:number>/again/", troubled.ask_claim_again, name="cashier_claim_again"),
    path("troubled/<uuid:payment_id>/again/", troubled.try_again, name="cashier_troubled_again"),
    path("troubled/<uuid:payment_id>/settle/", troubled.settle, name="cashier_troubled_settle"),
    path("receipts/", receipts.desk, name="receipts"),
    path("receipts/<uuid:receipt_id>/", receipts.receipt, name="receipt"),
    path("receipts/<uuid:receipt_id>/act/", receipts.act, name="receipt_act"),
    path("receipts/<uuid:receipt_id>/sheet/", receipts.sheet, name="receipt_sheet"),
    path("receipts/<uuid:receipt_id>/copy/", receipts.legal_copy, name="receipt_copy"),
    path("people/<uuid:person_id>/statement/", paid.period_statement, name="cashier_period_statement"),
    path("visits/<uuid:encounter_id>/statement/", paid.visit_statement, name="cashier_visit_statement"),
    path("refunds/", refunds.desk, name="refunds"),
    path("refunds/bills/<uuid:settlement_id>/", refunds.bill, name="refund_bill"),
    path("refunds/bills/<uuid:settlement_id>/preview/", refunds.preview, name="refund_preview"),
    path("refunds/bills/<uuid:settlement_id>/ask/", refunds.ask, name="refund_ask"),
    path("refunds/<uuid:refund_id>/", refunds.refund, name="refund"),
    path("refunds/<uuid:refund_id>/decide/", refunds.decide, name="refund_decide"),
    path("refunds/<uuid:refund_id>/trace/", refunds.trace, name="refund_trace"),
    path("refunds/<uuid:refund_id>/notice/", refunds.notice, name="refund_notice"),
]
