"""When X happens, Y follows. Reactions are services that may run twice without harm."""

from lecen.domains.engagement import changes as engagement
from lecen.kernel.changes import Reaction

REACTIONS: tuple[Reaction, ...] = (
    # Partners answer by a link; whoever invited them hears the answer.
    Reaction(on=engagement.PartnerInvited, do="lecen.domains.engagement.notices.send_invitation"),
    Reaction(on=engagement.PartnerAnswered, do="lecen.domains.engagement.notices.tell_organizer"),
    Reaction(on=engagement.PartnerWithdrawn, do="lecen.domains.engagement.notices.tell_withdrawn_partner"),
    # Who counts on an event is told where and when it is now, or that it is off.
    Reaction(on=engagement.EventChanged, do="lecen.domains.engagement.notices.tell_of_change"),
    Reaction(on=engagement.EventCanceled, do="lecen.domains.engagement.notices.tell_of_cancellation"),
    # Who registered gets the code by e-mail, if there is an address; the day of deletion moves along with the event.
    Reaction(on=engagement.RegistrationMade, do="lecen.domains.engagement.notices.confirm_registration"),
    Reaction(on=engagement.EventChanged, do="lecen.domains.engagement.services.registrations.keep_until_later"),
)
