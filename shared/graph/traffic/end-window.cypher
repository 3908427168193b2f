MATCH (intent:TrafficIntent {key: $key})
DELETE intent
