package io.strandline.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.catalog.Cause.RequestKey;
import io.strandline.web.Caller;
import io.strandline.web.ProblemWriter;
import io.strandline.web.StreamedBodies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyFilterTests {

    private final AtomicInteger effects = new AtomicInteger();
    private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore();
    private final IdempotencyFilter filter = new IdempotencyFilter(
            store,
            new ProblemWriter(new JsonMapper()),
            Clock.systemUTC(),
            List.of(),
            List.of(),
            List.of(new Uploads()));

    @Test
    void replaysTheFirstAnswer() throws Exception {
        MockHttpServletResponse first = post("/jobs", "k", answering(201));
        MockHttpServletResponse second = post("/jobs", "k", answering(201));

        assertThat(effects).hasValue(1);
        assertThat(first.getContentAsString()).isEqualTo("effect 1");
        assertThat(first.getHeader("Idempotency-Replayed")).isNull();
        assertThat(second.getContentAsString()).isEqualTo("effect 1");
        assertThat(second.getStatus()).isEqualTo(201);
        assertThat(second.getHeader("Location")).isEqualTo("/made/1");
        assertThat(second.getContentType()).isEqualTo("application/json");
        assertThat(second.getHeader("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void refusesTheKeyForAnotherRequest() throws Exception {
        post("/jobs", "k", answering(201));

        MockHttpServletResponse other = post("/tags", "k", answering(201));

        assertThat(effects).hasValue(1);
        assertThat(other.getStatus()).isEqualTo(422);
        assertThat(other.getContentAsString()).contains("idempotency-key-reused");
    }

    @Test
    void refusesARepetitionWhileTheFirstRequestRuns() throws Exception {
        MockHttpServletResponse[] during = new MockHttpServletResponse[1];
        post("/jobs", "k", (request, response) -> {
            effects.incrementAndGet();
            during[0] = postUnchecked("/jobs", "k");
        });

        assertThat(effects).hasValue(1);
        assertThat(during[0].getStatus()).isEqualTo(409);
        assertThat(during[0].getHeader("Retry-After")).isEqualTo("1");
        assertThat(during[0].getContentAsString()).contains("idempotency-key-in-use");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 507})
    void forgetsAnAnswerThatARetryCouldChange(int status) throws Exception {
        post("/jobs", "k", answering(status));
        post("/jobs", "k", answering(201));

        assertThat(effects).hasValue(2);
    }

    @Test
    void answersAlthoughTheAnswerCannotBeKept() throws Exception {
        store.readOnly = true;

        MockHttpServletResponse first = post("/jobs", "k", answering(201));

        assertThat(first.getContentAsString()).isEqualTo("effect 1");
        assertThat(store.holds("k")).isFalse();
    }

    @Test
    void givesTheKeyBackWhenTheRequestBreaksOff() throws Exception {
        assertThatThrownBy(() -> post("/jobs", "k", (request, response) -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(post("/jobs", "k", answering(201)).getStatus()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä"})
    void refusesAMalformedKey(String key) throws Exception {
        assertThat(post("/jobs", key, answering(201)).getStatus()).isEqualTo(400);
        assertThat(effects).hasValue(0);
    }

    @Test
    void leavesRequestsWithoutAKeyAlone() throws Exception {
        post("/jobs", null, answering(201));
        post("/jobs", null, answering(201));

        assertThat(effects).hasValue(2);
    }

    @Test
    void tellsStreamedBodiesApartByTheirLastByte() throws Exception {
        MockHttpServletResponse first = upload("one archive", reading(202));
        MockHttpServletResponse again = upload("one archive", reading(202));
        MockHttpServletResponse other = upload("two archive", reading(202));
        MockHttpServletResponse longer = upload("one archive that goes on and on", reading(202));

        assertThat(effects).hasValue(1);
        assertThat(first.getHeader("Idempotency-Replayed")).isNull();
        assertThat(again.getHeader("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.getContentAsString()).isEqualTo("effect 1");
        assertThat(other.getContentAsString()).contains("idempotency-key-reused");
        assertThat(longer.getContentAsString()).contains("idempotency-key-reused");
    }

    @Test
    void keepsNoAnswerThatWasGivenBeforeAllOfAStreamedBodyWasRead() throws Exception {
        upload("one archive", answering(404));

        upload("two archive", reading(202));

        assertThat(effects).hasValue(2);
    }

    @Test
    void givesTheKeyToWhatAStreamedBodyChangesOnceItIsRead() throws Exception {
        List<@Nullable RequestKey> keys = new ArrayList<>();
        upload("one archive", (request, response) -> {
            keys.add(Caller.of((HttpServletRequest) request).key());
            request.getInputStream().readAllBytes();
            keys.add(Caller.of((HttpServletRequest) request).key());
        });

        assertThat(keys.get(0)).isNull();
        assertThat(keys.get(1)).isNotNull();
    }

    /** As archives are: at most 20 bytes, read by their handler. */
    private static final class Uploads implements StreamedBodies {

        @Override
        public boolean takesBodyOf(HttpServletRequest request) {
            return request.getRequestURI().equals("/uploads");
        }

        @Override
        public long mostBytes() {
            return 20;
        }
    }

    private FilterChain reading(int status) {
        return (request, response) -> {
            request.getInputStream().readAllBytes();
            answering(status).doFilter(request, response);
        };
    }

    private MockHttpServletResponse upload(String body, FilterChain chain) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/uploads");
        request.addHeader("Idempotency-Key", "k");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter((HttpServletRequest) request, response, chain);
        return response;
    }

    private FilterChain answering(int status) {
        return (request, response) -> {
            HttpServletResponse http = (HttpServletResponse) response;
            int number = effects.incrementAndGet();
            http.setStatus(status);
            http.setContentType("application/json");
            http.setHeader("Location", "/made/" + number);
            http.getOutputStream().print("effect " + number);
        };
    }

    private MockHttpServletResponse postUnchecked(String path, String key) {
        try {
            return post(path, key, answering(201));
        } catch (Exception e) {
            throw new AssertionError("the repetition broke off", e);
        }
    }

    private MockHttpServletResponse post(String path, @Nullable String key, FilterChain chain) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        if (key != null) {
            request.addHeader("Idempotency-Key", key);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter((HttpServletRequest) request, response, chain);
        return response;
    }
}
