package io.strandline.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.JobCalls;
import io.strandline.security.Calls.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An administrator of a secured server, and those who call it by the keys that it gives them. */
final class Callers {

    private final Calls calls;
    private final String admin;

    Callers(Calls calls, String admin) {
        this.calls = calls;
        this.admin = admin;
    }

    /** What a new caller of a role, confined to some jobs perhaps, sends as its Authorization. */
    String key(String role, String... jobs) throws IOException, InterruptedException {
        String of = String.join(", ", jobs);
        Answer made = calls.post(
                "/api/v1/api-keys",
                admin,
                "{\"name\": \"test\", \"role\": \"%s\"%s}"
                        .formatted(role, of.isEmpty() ? "" : ", \"jobs\": [" + of + "]"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return "Bearer " + made.json().path("key").asString();
    }

    /** A new job of the administrator's. */
    void submit(String job) throws IOException, InterruptedException {
        Answer made = calls.post("/api/v1/jobs", admin, JobCalls.sums(job, "memory"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    static List<String> names(Answer list) {
        List<String> names = new ArrayList<>();
        list.json().path("items").forEach(item -> names.add(item.path("name").asString()));
        return names;
    }

    static String id(String authorization) {
        return authorization.substring("Bearer ".length(), authorization.indexOf('.'));
    }
}
