package io.strandline.version.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.ServerTests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where the sinks of a forked branch write, and that its parent's output is left alone. */
class BranchOutputTests extends ServerTests {

    private final JobCalls jobs = new JobCalls(this::api);

    @Test
    void writesElsewhereFromTheForkPointOn() {
        jobs.run(JobCalls.writing("out-else"));
        jobs.snapshot("out-else");
        JsonPath forked = jobs.done("out-else", "branches", forking("""
                {"out": {"mode": "REDIRECT", "path": "out-else-trial"}}"""));
        assertThat(forked.getString("result.sinks.out.mode")).isEqualTo("REDIRECT");
        assertThat(forked.getString("result.sinks.out.path")).isEqualTo("out-else-trial");
        int mine = jobs.done("out-else", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        int theirs = jobs.snapshot("out-else");

        assertThat(parts("out-else-trial")).isNotEmpty().allMatch(part -> part.startsWith("part-trial-" + mine + "-"));
        List<String> main = parts("out-else");
        assertThat(main)
                .allMatch(part -> part.startsWith("part-main-"))
                .anyMatch(part -> part.contains("-" + theirs + "-"));
        jobs.done("out-else", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        jobs.done("out-else", "start?branch=trial", "{}");
        int next = jobs.done("out-else", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        assertThat(parts("out-else-trial")).anyMatch(part -> part.startsWith("part-trial-" + next + "-"));
        assertThat(parts("out-else")).containsAll(main);
        stop("out-else");
    }

    @Test
    void writesBesideItsParentOnlyWhenForcedTo() {
        jobs.run(JobCalls.writing("out-same"));
        jobs.snapshot("out-same");
        jobs.snapshot("out-same");
        String same = "{\"out\": {\"mode\": \"SAME\"}}";
        fork("out-same", same).statusCode(400).body("errors[0].pointer", equalTo("/start/sinks/out/force"));
        String forced = "{\"out\": {\"mode\": \"SAME\", \"force\": true}}";
        fork("out-same", forced).statusCode(422).body("code", equalTo("reason-required"));
        jobs.done(
                "out-same",
                "branches",
                "{\"name\": \"trial\", \"from\": \"main~1\", \"start\": {\"sinks\": " + forced
                        + "}, \"reason\": \"both are wanted\"}");
        List<String> before = parts("out-same");
        int mine = jobs.done("out-same", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");

        assertThat(parts("out-same")).containsAll(before).anyMatch(part -> part.startsWith("part-trial-" + mine + "-"));
        jobs.done("out-same", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        List<String> after = parts("out-same");
        jobs.done("out-same", "restore", "{\"to\": \"main~1\", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}");
        assertThat(parts("out-same"))
                .as("main takes back its own output alone")
                .containsAll(after.stream()
                        .filter(part -> part.startsWith("part-trial-"))
                        .toList());
        stop("out-same");
    }

    @Test
    void writesNothingUntilALaterStartSaysWhere() {
        jobs.run(JobCalls.writing("out-none"));
        jobs.snapshot("out-none");
        jobs.done("out-none", "branches", forking("{\"out\": {\"mode\": \"DISABLED\"}}"));
        jobs.done("out-none", "snapshots", "{\"branch\": \"trial\"}");
        assertThat(parts("out-none")).allMatch(part -> part.startsWith("part-main-"));
        jobs.done("out-none", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");

        jobs.done("out-none", "start?branch=trial", """
                {"sinks": {"out": {"mode": "REDIRECT", "path": "out-none-trial"}}}""");

        jobs.done("out-none", "snapshots", "{\"branch\": \"trial\"}");
        assertThat(parts("out-none-trial")).isNotEmpty();
        assertThat(jobs.get("out-none", "/branches/trial").getString("sinks.out.path"))
                .isEqualTo("out-none-trial");
        stop("out-none");
    }

    @Test
    void refusesAStartThatDoesNotSayWhereEachSinkWrites() {
        jobs.run(JobCalls.writing("out-missing"));
        jobs.snapshot("out-missing");
        fork("out-missing", "{}")
                .statusCode(422)
                .body("code", equalTo("sink-choice-required"))
                .body("errors[0].pointer", equalTo("/start/sinks/out"));
        fork("out-missing", "{\"other\": {\"mode\": \"DISABLED\"}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/start/sinks/other"));
        fork("out-missing", "{\"out\": {\"mode\": \"REDIRECT\"}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/start/sinks/out/path"));
        fork("out-missing", "{\"out\": {\"mode\": \"REDIRECT\", \"path\": \"out-missing\"}}")
                .statusCode(400)
                .body("detail", containsString("SAME with force"));
        fork("out-missing", "{\"out\": {\"mode\": \"REDIRECT\", \"table\": \"t\"}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/start/sinks/out/table"));
        fork("out-missing", "{\"out\": {\"mode\": \"REDIRECT\", \"path\": \"../out\"}}")
                .statusCode(422);
        assertThat(jobs.get("out-missing", "/branches").getList("items.name")).containsExactly("main");
        jobs.post("out-missing", "branches", "{\"name\": \"idle\", \"from\": \"main\"}")
                .statusCode(201);
        jobs.post("out-missing", "start?branch=idle", "{}")
                .statusCode(422)
                .body("code", equalTo("sink-choice-required"))
                .body("errors[0].pointer", equalTo("/sinks/out"));
        stop("out-missing");
        jobs.post("out-missing", "start", "{\"sinks\": {\"out\": {\"mode\": \"DISABLED\"}}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/sinks"));
    }

    @Test
    void asksNothingOfABranchThatIsMovedAndNotStarted() {
        jobs.run(JobCalls.writing("out-idle"));
        jobs.snapshot("out-idle");
        jobs.post("out-idle", "branches", "{\"name\": \"last-good\", \"from\": \"main\"}")
                .statusCode(201);
        int head = jobs.snapshot("out-idle");
        String forward = "{\"branch\": \"last-good\", \"to\": " + head + ", \"expectedHead\": \"last-good\"}";
        jobs.done("out-idle", "fast-forward", forward);
        assertThat(jobs.get("out-idle", "/branches/last-good").getInt("head.number"))
                .isEqualTo(head);
        jobs.post("out-idle", "restore", """
                {"branch": "last-good", "to": "last-good~1", "mode": "ROLLBACK", "start": true}""").statusCode(422).body("code", equalTo("sink-choice-required"));
        stop("out-idle");
    }

    @Test
    void asksAgainWhenAPipelineBringsANewSink() {
        String pipeline = JobCalls.writing("out-new");
        jobs.run(pipeline);
        jobs.snapshot("out-new");
        jobs.done("out-new", "branches", forking("{\"out\": {\"mode\": \"DISABLED\"}}"));
        String more = pipeline.replace(
                "\"sinks\": [",
                "\"sinks\": [{\"name\": \"more\", \"type\": \"file\", \"input\": \"by-key\", \"path\": \"out-new-more\","
                        + " \"format\": \"json\"}, ");
        put("out-new", "?branch=trial&restart=true", more)
                .statusCode(422)
                .body("code", equalTo("sink-choice-required"))
                .body("errors.pointer", equalTo(List.of("/sinks/more")));
        assertThat(jobs.get("out-new", "?branch=trial").getString("state")).isEqualTo("RUNNING");
        put("out-new", "?branch=trial", more).statusCode(200).body("version", equalTo(2));
        assertThat(jobs.get("out-new", "/pipeline").getInt("version")).isEqualTo(1);
        jobs.done("out-new", "stop?branch=trial", "{}");
        jobs.post("out-new", "start?branch=trial", "{}").statusCode(422);
        jobs.done("out-new", "start?branch=trial", "{\"sinks\": {\"more\": {\"mode\": \"DISABLED\"}}}");
        assertThat(jobs.get("out-new", "?branch=trial").getInt("instance.pipelineVersion"))
                .isEqualTo(2);
        stop("out-new");
    }

    @Test
    void takesBackAndBringsBackWhatItHasShownInEveryPlaceItHadBefore() {
        jobs.run(JobCalls.writing("out-moved"));
        int base = jobs.snapshot("out-moved");
        jobs.done("out-moved", "stop", "{\"mode\": \"CANCEL\"}");
        jobs.done("out-moved", "branches", forking(redirect("out-moved-a")));
        for (String place : List.of("out-moved-b", "out-moved-c")) {
            jobs.done("out-moved", "snapshots", "{\"branch\": \"trial\"}");
            jobs.done("out-moved", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
            jobs.done("out-moved", "start?branch=trial", "{\"sinks\": " + redirect(place) + "}");
        }
        jobs.done("out-moved", "snapshots", "{\"branch\": \"trial\"}");
        List<String> places = List.of("out-moved-a", "out-moved-b", "out-moved-c");
        Map<String, List<String>> shown = new TreeMap<>();
        places.forEach(place -> shown.put(place, parts(place)));
        assertThat(shown.values()).noneMatch(List::isEmpty);
        assertThat(jobs.get("out-moved", "/branches/trial").getList("sinks.out.earlier"))
                .containsExactly("out-moved-a", "out-moved-b");

        JsonPath back = jobs.done("out-moved", "restore", """
                {"branch": "trial", "to": %d, "mode": "ROLLBACK", "safetySnapshot": false}""".formatted(base));

        places.forEach(place -> assertThat(parts(place)).as(place).isEmpty());
        places.forEach(place -> assertThat(back.<String>getList("result.outputs.to"))
                .anyMatch(file -> file.startsWith(place + "/.withdrawn/part-trial-")));
        jobs.done("out-moved", "undo", "{\"branch\": \"trial\", \"safetySnapshot\": false}");
        places.forEach(place -> assertThat(parts(place)).as(place).containsAll(shown.get(place)));
        stop("out-moved");
    }

    @Test
    void leavesOutputOfMainWhereItIsWhenAPromotionIsToldTo() {
        jobs.run(JobCalls.writing("out-left"));
        jobs.snapshot("out-left");
        jobs.done("out-left", "branches", forking("{\"out\": {\"mode\": \"DISABLED\"}}"));
        int tried =
                jobs.done("out-left", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        int old = jobs.snapshot("out-left");
        List<String> before = parts("out-left");

        JsonPath promoted = jobs.done("out-left", "promote", promotion(tried, old, "LEAVE"));

        assertThat(promoted.getList("result.outputs")).isEmpty();
        assertThat(parts("out-left")).containsAll(before);
        int next = jobs.snapshot("out-left");
        List<String> since = parts("out-left");
        JsonPath undone = jobs.done("out-left", "undo", "{\"outputs\": \"LEAVE\", \"safetySnapshot\": false}");
        assertThat(undone.getInt("result.head.number")).isEqualTo(old);
        assertThat(parts("out-left")).containsAll(since).anyMatch(part -> part.contains("-" + next + "-"));
        stop("out-left");
    }

    @Test
    void promotesOverRowsInADatabaseOnlyWhenToldToLeaveThem() throws SQLException {
        execute("create table left_main (\"KEY\" bigint primary key, total bigint, records bigint)");
        jobs.run(intoTable("out-rows", "left_main"));
        jobs.snapshot("out-rows");
        jobs.done("out-rows", "branches", forking("{\"out\": {\"mode\": \"DISABLED\"}}"));
        int tried =
                jobs.done("out-rows", "snapshots", "{\"branch\": \"trial\"}").getInt("result.number");
        int old = jobs.snapshot("out-rows");

        jobs.post("out-rows", "promote", promotion(tried, old, "REVERT"))
                .statusCode(422)
                .body("code", equalTo("output-not-revertible"));
        assertThat(jobs.get("out-rows", "").getInt("head.number")).isEqualTo(old);
        jobs.done("out-rows", "promote", promotion(tried, old, "LEAVE"));
        jobs.snapshot("out-rows");
        assertThat(number("select count(*) from left_main")).isEqualTo(10);
        jobs.post("out-rows", "undo", "{}").statusCode(422).body("code", equalTo("output-not-revertible"));
        JsonPath undone = jobs.done("out-rows", "undo", "{\"outputs\": \"LEAVE\", \"safetySnapshot\": false}");
        assertThat(undone.getInt("result.head.number")).isEqualTo(old);
        stop("out-rows");
    }

    private static String promotion(int fork, int main, String outputs) {
        return """
                {"branch": "trial", "expectedHead": %d, "expectedMainHead": %d, "safetySnapshot": false, "outputs": "%s"}""".formatted(fork, main, outputs);
    }

    private static String redirect(String path) {
        return "{\"out\": {\"mode\": \"REDIRECT\", \"path\": \"" + path + "\"}}";
    }

    private static String intoTable(String name, String table) {
        return """
                {"name": "%s",
                 "sources": [{"name": "numbers", "type": "sequence", "partitions": 2, "keys": 10, "seed": 7, "rate": 1000}],
                 "operators": [{"name": "by-key", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                                "aggregates": {"total": "sum(value)", "records": "count()"}}],
                 "sinks": [{"name": "out", "type": "jdbc", "input": "by-key", "connection": "warehouse",
                            "table": "%s", "mode": "UPSERT", "keys": ["key"]}],
                 "checkpoints": {"interval": "NONE"},
                 "state": {"backend": "filesystem"}}""".formatted(name, table);
    }

    @Test
    void asksWhereANewSinkWritesBeforeAMoveThatBringsIt() {
        String pipeline = JobCalls.writing("out-asked");
        jobs.run(pipeline);
        int first = jobs.snapshot("out-asked");
        jobs.done("out-asked", "branches", forking("{\"out\": {\"mode\": \"DISABLED\"}}"));
        jobs.done("out-asked", "stop?branch=trial", "{\"mode\": \"CANCEL\"}");
        String more = pipeline.replace(
                "\"sinks\": [",
                "\"sinks\": [{\"name\": \"more\", \"type\": \"file\", \"input\": \"by-key\", \"path\": \"out-asked-more\","
                        + " \"format\": \"json\"}, ");
        put("out-asked", "?restart=true", more).statusCode(202);
        jobs.await(
                "out-asked",
                "main",
                main -> main.getInt("pipelineVersion") == 2 && "RUNNING".equals(main.getString("state")),
                "running its new pipeline");
        int second = jobs.snapshot("out-asked");
        String forward = """
                {"branch": "trial", "to": %d, "expectedHead": %d, "pipeline": "SNAPSHOT", "start": %s}""";

        asked("fast-forward", forward.formatted(second, first, "true"));
        asked("restore", """
                {"branch": "trial", "to": %d, "mode": "RESET", "force": true, "reason": "r", "expectedHead": %d,
                 "pipeline": "SNAPSHOT", "start": true}""".formatted(second, first));
        jobs.done("out-asked", "fast-forward", forward.formatted(second, first, "false"));
        jobs.done("out-asked", "restore", """
                {"branch": "trial", "to": %d, "mode": "ROLLBACK", "pipeline": "SNAPSHOT", "start": false}""".formatted(first));
        asked("undo", "{\"branch\": \"trial\", \"start\": true}");
        jobs.done("out-asked", "undo", "{\"branch\": \"trial\", \"start\": false}");
        jobs.done("out-asked", "start?branch=trial", "{\"sinks\": {\"more\": {\"mode\": \"DISABLED\"}}}");
        stop("out-asked");
    }

    private void asked(String verb, String body) {
        jobs.post("out-asked", verb, body)
                .statusCode(422)
                .body("code", equalTo("sink-choice-required"))
                .body("errors.pointer", equalTo(List.of("/sinks/more")))
                .body("detail", containsString("start: false"));
        assertThat(jobs.get("out-asked", "/branches/trial").getString("state")).isEqualTo("STOPPED");
    }

    @Test
    void writesToAnotherTable() throws SQLException {
        execute("create table fork_main (\"KEY\" bigint primary key, total bigint, records bigint)");
        execute("create table fork_trial (\"KEY\" bigint primary key, total bigint, records bigint)");
        jobs.run(intoTable("out-table", "fork_main"));
        jobs.snapshot("out-table");
        fork("out-table", "{\"out\": {\"mode\": \"REDIRECT\", \"path\": \"p\"}}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/start/sinks/out/path"));
        fork("out-table", "{\"out\": {\"mode\": \"REDIRECT\", \"table\": \"nowhere\"}}")
                .statusCode(422);
        jobs.done("out-table", "branches", forking("{\"out\": {\"mode\": \"REDIRECT\", \"table\": \"fork_trial\"}}"));
        jobs.done("out-table", "stop", "{}");
        long main = number("select sum(records) from fork_main");
        jobs.done("out-table", "stop?branch=trial", "{}");
        assertThat(number("select count(*) from fork_trial")).isEqualTo(10);
        assertThat(number("select sum(records) from fork_main")).isEqualTo(main);
    }

    private ValidatableResponse fork(String job, String sinks) {
        return jobs.post(job, "branches", forking(sinks));
    }

    private static String forking(String sinks) {
        return "{\"name\": \"trial\", \"from\": \"main\", \"start\": {\"sinks\": " + sinks + "}}";
    }

    private ValidatableResponse put(String job, String query, String document) {
        return given().spec(api())
                .contentType("application/json")
                .body(document)
                .put("/api/v1/jobs/" + job + "/pipeline" + query)
                .then();
    }

    private void stop(String job) {
        for (String branch :
                jobs.get(job, "/branches").<String>getList("items.findAll { it.state == 'RUNNING' }.name")) {
            jobs.done(job, "stop?branch=" + branch, "{\"mode\": \"CANCEL\"}");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(WAREHOUSE);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(WAREHOUSE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
