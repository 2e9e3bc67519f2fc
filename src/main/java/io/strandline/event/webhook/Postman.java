package io.strandline.event.webhook;

import io.strandline.event.EventLog;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one event to one target, once. Redirections are not followed: the settings alone say whom the server calls. */
final class Postman {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_REQUESTED_WAIT = Duration.ofHours(1);

    private final HttpClient http;
    private final Clock clock;
    private final Duration timeout;

    Postman(Clock clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /**
     * What became of it.
     *
     * @param taken whether the target answered 2xx
     * @param why what it answered, or what went wrong
     * @param retryAfter how long it asks to be left alone
     */
    record Outcome(boolean taken, String why, Optional<Duration> retryAfter) {

        static Outcome failed(String why) {
            return new Outcome(false, why, Optional.empty());
        }
    }

    Outcome send(WebhookTarget target, EventLog.Told told) throws InterruptedException {
        Instant now = clock.instant();
        String id = told.id().toString();
        HttpRequest request = HttpRequest.newBuilder(target.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Strandline")
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", target.signing().signature(id, now, told.json()))
                .POST(BodyPublishers.ofString(told.json()))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            // with a limit on the whole exchange: that of the request ends with the answer's headers
            return outcome(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Outcome.failed("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String detail = cause.getMessage();
            return Outcome.failed(cause.getClass().getSimpleName() + (detail == null ? "" : ": " + detail));
        } finally {
            answer.cancel(true);
        }
    }

    private static Outcome outcome(HttpResponse<?> answer) {
        int status = answer.statusCode();
        Optional<Duration> retryAfter = answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(LONGEST_REQUESTED_WAIT) > 0 ? LONGEST_REQUESTED_WAIT : asked);
        return new Outcome(status / 100 == 2, "status " + status, retryAfter);
    }
}
