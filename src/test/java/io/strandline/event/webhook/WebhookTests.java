package io.strandline.event.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.event.webhook.Receiver.Received;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTests {

    private static final byte[] KEY = new byte[32];
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    /** An address where nobody listens. */
    private static final String NOBODY = "http://127.0.0.1:1/";

    @Test
    void sendsEachChangeInOrderAgainUntilItIsTaken(@TempDir Path directory) throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        try (Receiver receiver = new Receiver(() -> refusals.getAndDecrement() > 0 ? 503 : 204);
                OwnServer server = OwnServer.on(directory, target("good", receiver.url(), "events=job-created"))) {
            server.jobs().submit(JobCalls.sums("one", "filesystem")).statusCode(201);
            server.jobs().submit(JobCalls.sums("two", "filesystem")).statusCode(201);

            Received first = receiver.next();
            Received again = receiver.next();
            Received taken = receiver.next();
            assertThat(List.of(first.status(), again.status(), taken.status())).containsExactly(503, 503, 204);
            assertThat(List.of(first.id(), again.id())).containsOnly(taken.id());
            assertThat(taken.event().at("/job/name").asString()).isEqualTo("one");
            assertThat(taken.id()).isEqualTo(taken.event().get("id").asString());
            assertThat(taken.signature()).isEqualTo(signature(taken));
            assertThat(receiver.next().event().at("/job/name").asString()).isEqualTo("two");
        }
    }

    @Test
    void sendsToEachTargetWhatItAskedForAndTellsWhichAreFailing(@TempDir Path directory) throws Exception {
        try (Receiver receiver = new Receiver(() -> 204);
                Receiver redirecting = new Receiver(() -> 302)) {
            List<String> settings = target("good", receiver.url(), "events=job-created,job-trashed");
            settings.addAll(target("dead", NOBODY));
            settings.addAll(target("moved", redirecting.url(), "jobs=two"));
            try (OwnServer server = OwnServer.on(directory, settings)) {
                server.jobs().submit(JobCalls.sums("one", "filesystem")).statusCode(201);
                server.jobs().submit(JobCalls.sums("two", "filesystem")).statusCode(201);
                trash(server, "one");

                assertThat(List.of(
                                receiver.next().type(),
                                receiver.next().type(),
                                receiver.next().type()))
                        .containsExactly("job-created", "job-created", "job-trashed");
                Received refused = redirecting.next();
                assertThat(refused.event().at("/job/name").asString()).isEqualTo("two");
                assertThat(redirecting.next().id())
                        .as("sent again once the failure is noted")
                        .isEqualTo(refused.id());
                webhooks(server)
                        .body(not(containsString(Base64.getEncoder().encodeToString(KEY))))
                        .body("items.name", equalTo(List.of("dead", "good", "moved")))
                        .body("items[0].state", equalTo("FAILING"))
                        .body("items[0].failingSince", notNullValue())
                        .body("items[0].url", equalTo("http://127.0.0.1:1/…"))
                        .body("items[1].state", equalTo("WELL"))
                        .body("items[2].failure", equalTo("status 302"));
            }
        }
    }

    @Test
    void goesOnAfterARestartWithWhatHappenedMeanwhile(@TempDir Path directory) throws Exception {
        try (Receiver receiver = new Receiver(() -> 204)) {
            List<String> settings = target("good", receiver.url(), "events=job-trashed,job-undeleted");
            settings.addAll(target("dead", NOBODY));
            try (OwnServer server = OwnServer.on(directory, settings)) {
                server.jobs().submit(JobCalls.sums("one", "filesystem")).statusCode(201);
                trash(server, "one");
                assertThat(receiver.next().type()).isEqualTo("job-trashed");
            }
            try (OwnServer server = OwnServer.on(directory)) {
                given().spec(server.api())
                        .post("/api/v1/jobs/one/undelete")
                        .then()
                        .statusCode(200);
            }
            assertThat(receiver.gotNothing()).isTrue();
            try (OwnServer server = OwnServer.on(directory, settings)) {
                Received next = receiver.next();
                next = next.type().equals("job-trashed") ? receiver.next() : next;
                assertThat(next.type()).isEqualTo("job-undeleted");
                webhooks(server).body("items[0].backlog", not(equalTo(0)));
            }
        }
    }

    @Test
    void refusesSettingsThatCannotBeAndKeepsTheirSecrets() {
        assertThatThrownBy(() -> WebhookTarget.address("file:///etc/passwd")).hasMessageContaining("https://");
        assertThatThrownBy(() -> WebhookTarget.address("http://ann:pass@host/")).hasMessageNotContaining("pass@");
        assertThatThrownBy(() -> WebhookTarget.address("not a url")).hasMessageContaining("not a URL");
        assertThatThrownBy(() -> WebhookTarget.signing("hunter2-hunter2")).hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> WebhookTarget.signing("whsec_AAAA")).hasMessageContaining("24 to 64");
        assertThatThrownBy(() -> WebhookTarget.signing("whsec_***")).hasMessageContaining("base64");
    }

    /** The settings of a target with a secret, and {@code more} of its own. */
    private static List<String> target(String name, String url, String... more) {
        return Stream.concat(Stream.of("url=" + url, "secret=" + SECRET), Arrays.stream(more))
                .map(setting -> "--strandline.webhooks." + name + "." + setting)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static void trash(OwnServer server, String job) {
        given().spec(server.api())
                .delete("/api/v1/jobs/" + job + "?reason=test")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse webhooks(OwnServer server) {
        return given().spec(server.api()).get("/api/v1/webhooks").then().statusCode(200);
    }

    /** As a receiver computes it, by the specification. */
    private static String signature(Received received) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String signed = received.id() + "." + received.timestamp() + "." + received.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes("UTF-8")));
    }
}
