"""Which session runs when and where? Sessions in rooms and slots, so that few people want two things at once.

`conference` checks sessions, slots, rooms and who is away; `demand` counts what people ranked; `schedule` makes the
timetable, changes an announced one as little as can be, and says what could not be placed and which rules forbid it;
`repeats` says which courses to run once more. Methods page: docs/explanation/methods/timetable.md.
"""

from lecen.science.timetable.conference import Conference, Room, Session, Slot, conference
from lecen.science.timetable.conflicts import Unplaced
from lecen.science.timetable.demand import Demand, demand
from lecen.science.timetable.repeats import Repeat, repeats
from lecen.science.timetable.schedule import Timetable, schedule

__all__ = [
    "Conference",
    "Demand",
    "Repeat",
    "Room",
    "Session",
    "Slot",
    "Timetable",
    "Unplaced",
    "conference",
    "demand",
    "repeats",
    "schedule",
]
