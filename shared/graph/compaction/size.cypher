// Both are read off the server's own counters.
RETURN COUNT { MATCH () } AS nodes, COUNT { MATCH ()-->() } AS relationships
