// A mark that a write of this window has begun: whoever finds it knows that some of its slots may stand already.
MERGE (:TrafficIntent {key: $key})
