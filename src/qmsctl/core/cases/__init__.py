"""Cases of citizens and companies (hồ sơ TTHC): a month's file of ids and times, and its figures."""
