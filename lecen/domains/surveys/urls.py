from django.urls import path

from lecen.domains.surveys.views import answering, collecting

app_name = "surveys"
urlpatterns = [
    path("answer/<slug:slug>/", answering.answer, name="answer"),
    path("answer/<slug:slug>/thanks/", answering.thanks, name="thanks"),
    path("answer/<slug:slug>/resume/", answering.resume, name="resume"),
    path("answer/<slug:slug>/kiosk/", answering.kiosk, name="kiosk"),
    path("answer/<slug:slug>/kiosk/thanks/", answering.kiosk_thanks, name="kiosk-thanks"),
    path("surveys/<uuid:pk>/", collecting.share, name="share"),
    path("surveys/<uuid:pk>/paper/", collecting.paper, name="paper"),
    path("surveys/<uuid:pk>/sheet-<slug:language>.pdf", collecting.paper_sheet, name="paper-sheet"),
    path("surveys/<uuid:pk>/release/", collecting.release, name="release"),
    path("surveys/<uuid:pk>/close/", collecting.close, name="close"),
    path("surveys/<uuid:pk>/results/", collecting.results, name="results"),
    path("surveys/<uuid:pk>/results.csv", collecting.results_file, name="results-file"),
]
