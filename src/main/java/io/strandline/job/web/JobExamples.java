package io.strandline.job.web;

/** Bodies shown in the API document. */
final class JobExamples {

    static final String PIPELINE = """
            {
              "name": "flights",
              "description": "Late departures by airport",
              "parallelism": 2,
              "sources": [
                {"name": "departures", "type": "file", "path": "demo:flights.ndjson", "format": "json",
                 "schema": {"date": "timestamp(yyyy/MM/dd HH:mm)", "delay": "long", "origin": "string"}, "rate": 50}
              ],
              "operators": [
                {"name": "by-origin", "type": "aggregate", "input": "departures", "keyBy": ["origin"],
                 "aggregates": {"flights": "count()", "worst": "max(delay)"}}
              ],
              "sinks": [{"name": "out", "type": "file", "input": "by-origin", "path": "by-origin", "format": "json"}],
              "checkpoints": {"interval": "PT5S"},
              "state": {"backend": "rocksdb"}
            }""";

    static final String START = """
            {"from": "HEAD", "parallelism": 2, "backend": "filesystem"}""";

    static final String STOP = """
            {"mode": "SNAPSHOT", "reason": "maintenance"}""";

    private JobExamples() {}
}
