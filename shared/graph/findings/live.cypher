MATCH (finding:Finding {key: $key})
SET finding += $life
