package io.strandline.event.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.strandline.JobCalls;
import io.strandline.ServerTests;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.event.web.EventReader.Message;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class EventStreamTests extends ServerTests {

    /** More than is kept in memory. */
    private static final int MANY = 2_500;

    private final JobCalls jobs = new JobCalls(this::api);

    @Autowired
    private Ledger ledger;

    @Autowired
    private Catalog catalog;

    @Test
    void tellsOfACheckpointFromItsStartToItsVersionAndOfItsTag() throws Exception {
        jobs.submit(JobCalls.sums("events-live", "filesystem")).statusCode(201);
        try (EventReader reader = EventReader.open(baseUri() + "/api/v1/jobs/events-live/events")) {
            jobs.done("events-live", "start", "{}");
            assertThat(reader.next("instance-started").data().at("/job/name").asString())
                    .isEqualTo("events-live");
            reader.next(message -> message.type().equals("job-state-changed")
                    && message.data().at("/data/state").asString().equals("RUNNING"));
            int number = jobs.done("events-live", "snapshots", "{\"tag\": \"first\"}")
                    .getInt("result.number");
            assertThat(reader.next("checkpoint-started")
                            .data()
                            .at("/data/number")
                            .asInt())
                    .isEqualTo(number);
            Message completed = reader.next("snapshot-completed");
            assertThat(completed.data().at("/snapshot/number").asInt()).isEqualTo(number);
            assertThat(completed.data().at("/branch").asString()).isEqualTo("main");
            assertThat(completed.id()).isEqualTo(completed.data().get("id").asString());
            assertThat(reader.next("tag-created").data().at("/snapshot/number").asInt())
                    .isEqualTo(number);
            jobs.done("events-live", "stop", "{\"mode\": \"CANCEL\"}");
            reader.next(message -> message.type().equals("job-state-changed")
                    && message.data().at("/data/state").asString().equals("STOPPED"));
        }
    }

    @Test
    void tellsWhoeverWasAwayEveryChangeItMissed() throws Exception {
        jobs.submit(JobCalls.sums("events-away", "filesystem")).statusCode(201);
        String seen;
        try (EventReader reader =
                EventReader.open(baseUri() + "/api/v1/jobs/events-away/events?types=instance-started,instance-ended")) {
            jobs.done("events-away", "start", "{}");
            seen = reader.next("instance-started").id();
        }
        jobs.snapshot("events-away");
        jobs.snapshot("events-away");
        jobs.done("events-away", "stop", "{\"mode\": \"CANCEL\"}");
        try (EventReader reader =
                EventReader.open(baseUri() + "/api/v1/events?job=events-away", "Last-Event-ID", seen)) {
            List<Message> missed = reader.upTo(message -> message.type().equals("instance-ended"));

            assertThat(missed)
                    .extracting(Message::type)
                    .doesNotContain("instance-started")
                    .containsSubsequence("snapshot-completed", "snapshot-completed", "instance-ended");
        }
        try (EventReader reader = EventReader.open(baseUri() + "/api/v1/events?job=events-away&after=0")) {
            assertThat(reader.upTo(message -> message.type().equals("instance-ended")))
                    .extracting(Message::type)
                    .startsWith("job-created");
        }
    }

    @Test
    void goesBackBehindWhatIsInMemory() throws Exception {
        jobs.submit(JobCalls.sums("events-old", "filesystem")).statusCode(201);
        String jobId = catalog.jobNamed("events-old").orElseThrow().id();
        Change wanted = new DesiredStateSet(jobId, Branch.MAIN, Branch.Desired.STOPPED);
        ledger.record(new OfJob(jobId), Cause.system("many"), Collections.nCopies(MANY, wanted));
        try (EventReader reader = EventReader.open(
                baseUri() + "/api/v1/jobs/events-old/events?after=0&types=job-created,desired-state-set")) {
            assertThat(reader.next(message -> true).type()).isEqualTo("job-created");
            long last = 0;
            for (int i = 0; i < MANY; i++) {
                Message message = reader.next(any -> true);
                assertThat(message.type()).isEqualTo("desired-state-set");
                assertThat(Long.parseLong(message.id())).isGreaterThan(last);
                last = Long.parseLong(message.id());
            }
        }
    }

    @Test
    void refusesWhatIsNoEventAndNoId() {
        given().spec(api())
                .accept("text/event-stream")
                .get("/api/v1/events?types=snapshot-complete")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-parameter"));
        given().spec(api())
                .accept("text/event-stream")
                .header("Last-Event-ID", "yesterday")
                .get("/api/v1/events")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("Last-Event-ID"));
        given().spec(api())
                .accept("text/event-stream")
                .get("/api/v1/jobs/nothing/events")
                .then()
                .statusCode(404)
                .body("code", equalTo("job-not-found"));
        given().spec(api()).head("/api/v1/events").then().statusCode(200);
    }
}
