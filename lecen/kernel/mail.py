"""One e-mail: Markdown in, plain text and HTML out."""

import smtplib

from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from lecen.kernel.markdown import render_markdown


class NotAccepted(Exception):  # noqa: N818  the server said no before it took the message
    """The message was certainly not sent and may be tried again."""


def send(*, to: str, title: str, body: str, language: str) -> None:
    """Send to one address; raises `NotAccepted` where the server refused before taking the message."""
    with translation.override(language):
        html = render_to_string("mail/message.html", {"title": title, "body": render_markdown(body)})
        text = render_to_string("mail/message.txt", {"title": title, "body": body})
    connection = get_connection()
    # A title is one line; somebody's line break in it would keep the message from everybody.
    message = EmailMultiAlternatives(subject=" ".join(title.split()), body=text, to=[to], connection=connection)
    message.attach_alternative(html, "text/html")
    try:
        connection.open()
    except OSError as error:  # nobody there, no answer, no entry: nothing has been handed over yet
        raise NotAccepted(type(error).__name__) from error
    try:
        message.send()
    except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        raise NotAccepted(type(error).__name__) from error
    finally:
        connection.close()
