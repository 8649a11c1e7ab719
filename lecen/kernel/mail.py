"""One e-mail: Markdown in, plain text and HTML out."""

import smtplib

from django.core.mail import EmailMultiAlternatives
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
    message = EmailMultiAlternatives(subject=title, body=text, to=[to])
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (
        ConnectionRefusedError,
        smtplib.SMTPConnectError,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPRecipientsRefused,
    ) as error:
        raise NotAccepted(type(error).__name__) from error
