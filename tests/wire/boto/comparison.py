"""Brings both sides of a round trip into one form and finds where they differ."""

import base64
import datetime

from botocore.eventstream import EventStream
from botocore.response import StreamingBody


def comparable(value):
    """Bytes as base64, times as ISO text with milliseconds, streams as what they hold: what the server's report uses."""
    if isinstance(value, dict):
        return {name: comparable(content) for name, content in value.items() if name != "ResponseMetadata"}
    if isinstance(value, (list, EventStream)):
        return [comparable(item) for item in value]
    if isinstance(value, StreamingBody):
        return comparable(value.read())
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
    return value


def first_difference(sent, got, path=""):
    """Where two comparable values first differ, for a person to read; None when they are equal."""
    if isinstance(sent, dict) and isinstance(got, dict):
        names = [*sent, *(name for name in got if name not in sent)]
        pairs = [(name, sent.get(name), got.get(name)) for name in names]
    elif isinstance(sent, list) and isinstance(got, list) and len(sent) == len(got):
        pairs = [(i, *pair) for i, pair in enumerate(zip(sent, got))]
    else:
        return None if sent == got else f"{path}: sent {_shown(sent)}, got {_shown(got)}"
    for name, one, other in pairs:
        difference = first_difference(one, other, f"{path}.{name}")
        if difference:
            return difference
    return None


def known_part(value, shape):
    """What of a server's value botocore's model knows: the client packages are newer and know more."""
    if value is None:
        return None
    if shape.type_name == "structure" and isinstance(value, list):
        # A stream of events.
        return [known_part(event, shape) for event in value]
    if shape.type_name == "structure":
        return {
            name: known_part(value[name], member) for name, member in shape.members.items() if name in value
        }
    if shape.type_name == "list":
        return [known_part(item, shape.member) for item in value]
    if shape.type_name == "map":
        return {key: known_part(content, shape.value) for key, content in value.items()}
    return value


def _shown(value):
    return "nothing" if value is None else repr(value)[:120]
