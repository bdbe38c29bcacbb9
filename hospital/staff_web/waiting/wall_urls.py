"""Addresses under `/wall/`."""

from django.urls import path

from hospital.staff_web.waiting import wall

app_name = "wall"
urlpatterns = [
    path("<str:code>/<str:key>/", wall.wall, name="board"),
    path("<str:code>/<str:key>/state/", wall.wall_state, name="state"),
]
