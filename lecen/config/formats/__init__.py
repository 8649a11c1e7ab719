"""How dates, times and numbers are written where Django's own formats are those of another country."""
