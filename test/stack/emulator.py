"""ministack as the tests run it: it ends with whoever started it, and knows what the template asks and it lacks."""

import os
import sys
import threading

from ministack import app
from ministack.core import iam_actions
from ministack.services.cloudformation import provisioners


def end_with_parent():
    # The pipe to standard input closes with its other end, however that one ended; functions are of the same group.
    sys.stdin.buffer.read()
    os.killpg(0, 9)


def first_metric(props):
    """Alarms on metric math are refused; here they watch the first of their metrics."""
    stats = [query["MetricStat"] for query in props.get("Metrics") or [] if "MetricStat" in query]
    if not stats:
        return props
    metric = stats[0]["Metric"]
    alone = {key: value for key, value in props.items() if key != "Metrics"}
    return {**alone, **metric, "Period": stats[0]["Period"], "Statistic": stats[0]["Stat"]}


alarm_record = provisioners._cw_metric_alarm_record
provisioners._cw_metric_alarm_record = lambda name, props: alarm_record(name, first_metric(props))
action_from_target = iam_actions._action_from_target


def permission(headers):
    """A batch of messages needs the permission of one (service authorization reference of Amazon SQS)."""
    action = action_from_target(headers)
    return action and action.removesuffix("MessageBatch") + ("Message" if action.endswith("MessageBatch") else "")


iam_actions._action_from_target = permission
# Port 443, which it would take besides its own, is nobody's to take.
app._port_is_bindable = lambda host, port: False

threading.Thread(target=end_with_parent, daemon=True).start()
app.main()
