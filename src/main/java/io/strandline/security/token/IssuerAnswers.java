package io.strandline.security.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Asks the issuer each thing at most once in ten seconds, however many tokens with unknown keys come: in between, what it
 * answered is what it answers, and where it failed it fails. While it fails, what it answered within the last hour
 * counts on, so that tokens signed with keys that are known outlive an outage.
 */
final class IssuerAnswers implements ClientHttpRequestInterceptor {

    static final Duration FRESH = Duration.ofSeconds(10);
    static final Duration BRIDGED = Duration.ofHours(1);
    private static final int MOST_BYTES = 1 << 20;

    private final LongSupplier nanos;
    private final Map<URI, Place> places = new HashMap<>();

    /** @param nanos a clock that only goes forward */
    IssuerAnswers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Place place = place(request.getURI());
        place.lock.lock();
        try {
            return place.answer(() -> fetch(request, body, execution));
        } finally {
            place.lock.unlock();
        }
    }

    private synchronized Place place(URI uri) {
        return places.computeIfAbsent(uri, any -> new Place());
    }

    private static Answer fetch(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        try (ClientHttpResponse response = execution.execute(request, body)) {
            byte[] content = response.getBody().readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IOException(request.getURI() + " answers with more than " + MOST_BYTES + " bytes");
            }
            HttpHeaders headers = new HttpHeaders();
            headers.setContentType(response.getHeaders().getContentType());
            return new Answer(response.getStatusCode(), response.getStatusText(), headers, content);
        }
    }

    /** Asks the issuer. */
    @FunctionalInterface
    private interface Question {
        Answer ask() throws IOException;
    }

    /** What is known of one address; guarded by its lock, which the one who asks holds while the others wait for the answer. */
    private final class Place {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Answer good;
        private @Nullable Answer bad;
        private @Nullable IOException failure;
        private long goodAt;
        private long askedAt;
        private boolean asked;

        ClientHttpResponse answer(Question question) throws IOException {
            if (!asked || nanos.getAsLong() - askedAt >= FRESH.toNanos()) {
                ask(question);
            }
            Answer bridge = good;
            if (bridge != null && nanos.getAsLong() - goodAt < BRIDGED.toNanos()) {
                return new Replay(bridge);
            }
            Answer refused = bad;
            if (refused != null) {
                return new Replay(refused);
            }
            throw new IOException("the issuer cannot be asked", failure);
        }

        private void ask(Question question) {
            bad = null;
            failure = null;
            try {
                Answer answer = question.ask();
                if (answer.status().is2xxSuccessful()) {
                    good = answer;
                    goodAt = nanos.getAsLong();
                } else {
                    bad = answer;
                }
            } catch (IOException e) {
                failure = e;
            }
            askedAt = nanos.getAsLong();
            asked = true;
        }
    }

    /** What came back, as far as anybody looks at it. */
    private record Answer(HttpStatusCode status, String text, HttpHeaders headers, byte[] body) {}

    /** An answer that can be read as if it had just come. */
    private record Replay(Answer answer) implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return answer.status();
        }

        @Override
        public String getStatusText() {
            return answer.text();
        }

        @Override
        public HttpHeaders getHeaders() {
            return answer.headers();
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
