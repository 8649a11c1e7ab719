"""When X happens, Y follows. Reactions are services that may run twice without harm."""

from lecen.kernel.changes import Reaction

REACTIONS: tuple[Reaction, ...] = ()
