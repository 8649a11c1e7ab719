"""Site: the pages that compose the platform: home, desk, the agency's public site, search, help, legal, errors."""
