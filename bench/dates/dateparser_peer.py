"""dateparser over JSON lines: the first date of each text, as wall clock at the reference's offset."""

import json
import sys
from datetime import datetime, timedelta, timezone

from dateparser.date import DateDataParser
from dateparser.search import search_dates


def settings(question):
    return {
        "RELATIVE_BASE": datetime.fromisoformat(question["now"]),
        "PREFER_DATES_FROM": "future",
        "PREFER_DAY_OF_MONTH": "first",
        "DATE_ORDER": "MDY",
        "RETURN_TIME_AS_PERIOD": True,
    }


def read(question):
    options = settings(question)
    text = question["text"]
    if question["mode"] == "sentence":
        found = search_dates(text, languages=["en"], settings=options)
        if not found:
            return None, None
        text = found[0][0]
    data = DateDataParser(languages=["en"], settings=options).get_date_data(text)
    return data.date_obj, data.period


for line in sys.stdin:
    question = json.loads(line)
    try:
        found, period = read(question)
    except Exception:  # some inputs make it raise; it has read nothing then
        found, period = None, None
    answer = {"id": question["id"], "start": None, "grain": None}
    if found is not None:
        if found.tzinfo is not None:
            here = timezone(timedelta(seconds=question["off"]))
            found = found.astimezone(here).replace(tzinfo=None)
        answer["start"] = found.replace(microsecond=0).isoformat()
        answer["grain"] = {"time": "minute"}.get(period, period)
    print(json.dumps(answer))
