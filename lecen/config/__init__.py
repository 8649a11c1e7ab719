"""The composition root: settings, table of contents, pages, reactions and the `lecen` command. It knows everybody."""
