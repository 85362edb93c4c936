"""What every package stands on: database, money, time, ids, errors, access, languages, mail."""
