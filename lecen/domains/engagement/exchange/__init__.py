"""What goes in and out: calendars, structured data, tables, flyers."""
