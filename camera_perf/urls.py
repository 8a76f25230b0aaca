"""All addresses of the application: paths in Italian, names in English."""

from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import include, path

from camera_perf import views
from organization import accounts
from strategy.views.document_images import picture

urlpatterns = [
    path("", views.home, name="home"),
    path("guida/", views.guide, name="help"),
    path("accessibilita/", views.accessibility, name="accessibility"),
    path("lingua/", views.choose_language, name="language"),
    path("salute/", views.health, name="health"),
    path("accedi/", accounts.LoginView.as_view(), name="login"),
    path("esci/", accounts.LogoutView.as_view(), name="logout"),
    path("password/", auth_views.PasswordChangeView.as_view(), name="password_change"),
    path(
        "password/cambiata/",
        auth_views.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("piano/", include("strategy.urls")),
    path("lavoro-agile/", include("pola.urls")),
    path("trasparenza/", include("strategy.public_urls")),
    path("media/sections/<str:name>", picture, name="picture"),
    path("", include("organization.urls")),
    path("admin/login/", accounts.admin_login),
    path("admin/", admin.site.urls),
]
