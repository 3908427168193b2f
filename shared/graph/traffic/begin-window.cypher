// A mark that a write of this window has begun: whoever finds it knows that some of its slots may stand already.
MERGE (intent:TrafficIntent {key: $key})
RETURN intent.key AS key
