from django.urls import path

from lecen.domains.surveys.views import answering

app_name = "surveys"
urlpatterns = [
    path("answer/<slug:slug>/", answering.answer, name="answer"),
    path("answer/<slug:slug>/thanks/", answering.thanks, name="thanks"),
    path("answer/<slug:slug>/resume/", answering.resume, name="resume"),
    path("answer/<slug:slug>/kiosk/", answering.kiosk, name="kiosk"),
    path("answer/<slug:slug>/kiosk/thanks/", answering.kiosk_thanks, name="kiosk-thanks"),
]
