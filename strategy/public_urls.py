"""Addresses of the public page: adopted editions, without signing in."""

from django.urls import path

from strategy.views import public

urlpatterns = [
    path("", public.edition_list, name="public"),
    path("<str:label>/rev-<int:revision>/", public.edition_detail, name="public-edition"),
    path("<str:label>/rev-<int:revision>/piano.pdf", public.edition_pdf, name="public-pdf"),
    path("<str:label>/rev-<int:revision>/atto.pdf", public.edition_act, name="public-act"),
    path("<str:label>/rev-<int:revision>/dati/<str:name>", public.edition_data, name="public-data"),
]
