package io.strandline.web.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import io.strandline.ServerTests;
import io.strandline.catalog.work.Answers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RepeatedRequestTests extends ServerTests {

    private final Answers answers;

    RepeatedRequestTests(@Autowired Answers answers) {
        this.answers = answers;
    }

    @Test
    void theFirstAnswerIsKeptInTheJournalAndReplayed() {
        Response first = count("repeated-1");
        Response second = count("repeated-1");

        assertThat(second.body().asString()).isEqualTo(first.body().asString());
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.contentType()).isEqualTo(first.contentType());
        assertThat(answers.answer("repeated-1")).isPresent();
    }

    @Test
    void theKeyBelongsToItsRequest() {
        count("repeated-2");

        given().spec(api())
                .header("Idempotency-Key", "repeated-2")
                .contentType("application/json")
                .body("{\"title\":\"t\"}")
                .post("/probe/body")
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
    }

    @Test
    void anotherKeyIsAnotherRequest() {
        assertThat(count("repeated-3").body().asString())
                .isNotEqualTo(count("repeated-4").body().asString());
    }

    private Response count(String key) {
        return given().spec(api()).header("Idempotency-Key", key).post("/probe/count");
    }
}
