from django.urls import path

from lecen.domains.site import views

app_name = "site"

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("search/", views.search, name="search"),
    path("pages/<slug:name>/", views.page, name="page"),
    path("robots.txt", views.robots, name="robots"),
]
