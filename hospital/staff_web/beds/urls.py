"""Addresses of the bed desk."""

from django.urls import path

from hospital.staff_web.beds import search, stays, wards

urlpatterns = [
    path("", search.beds, name="beds"),
    path("reserve/", search.reserve, name="beds_reserve"),
    path("wards/", wards.wards, name="beds_wards"),
    path("wards/<uuid:ward_id>/", wards.ward, name="beds_ward"),
    path("beds/<uuid:bed_id>/close/", wards.close, name="beds_close"),
    path("stays/<uuid:stay_id>/", stays.stay, name="beds_stay"),
    path("stays/<uuid:stay_id>/<str:act>/", stays.act, name="beds_act"),
]
