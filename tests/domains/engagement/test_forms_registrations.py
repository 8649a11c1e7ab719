"""What is offered in the form of a registration."""

from django.utils.translation import ngettext, override

from lecen.domains.engagement.forms.registrations import RegistrationForm


def test_numbers_of_people_are_said_in_the_language_of_the_page():
    with override("es"):
        said = [label for _number, label in RegistrationForm().fields["seats"].choices]
        expected = [ngettext("%d person", "%d people", number) % number for number in range(1, 11)]

    assert said == expected
