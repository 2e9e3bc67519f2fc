package io.strandline.web.idempotency;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.work.Answers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps answers in the journal; which keys are in use right now is known to the process alone, as its requests are. */
@Component
class JournaledAnswers implements IdempotencyStore {

    private static final Cause CAUSE = Cause.system("answer kept for its Idempotency-Key");

    private final Ledger ledger;
    private final Answers answers;
    private final JsonMapper json;
    private final Map<String, Use> inUse = new HashMap<>();

    JournaledAnswers(Ledger ledger, Answers answers, JsonMapper json) {
        this.ledger = ledger;
        this.answers = answers;
        this.json = json;
    }

    /** A key whose first request is still running. */
    private record Use(String fingerprint, Instant expiresAt) {}

    @Override
    public Claim claim(String key, String fingerprint, Instant expiresAt) {
        Use other = take(key, new Use(fingerprint, expiresAt));
        if (other != null) {
            return other.fingerprint().equals(fingerprint) ? new Claim.Running() : new Claim.OtherRequest();
        }
        boolean granted = false;
        try {
            // asked only once the key is taken, so that an answer which was just kept is always seen
            Optional<RequestAnswered> answer = answers.answer(key);
            granted = answer.isEmpty();
            return answer.<Claim>map(kept -> kept.fingerprint().equals(fingerprint)
                            ? new Claim.Answered(response(kept))
                            : new Claim.OtherRequest())
                    .orElseGet(Claim.Granted::new);
        } finally {
            if (!granted) {
                release(key);
            }
        }
    }

    @Override
    public void complete(String key, StoredResponse response) {
        Use use = use(key);
        RequestAnswered answered = new RequestAnswered(
                key,
                use.fingerprint(),
                response.status(),
                json.writeValueAsString(response.headers()),
                response.body(),
                use.expiresAt());
        ledger.record(new Scope.OfOperation(key), CAUSE, List.of(answered));
        release(key);
    }

    @Override
    public synchronized void release(String key) {
        inUse.remove(key);
    }

    private synchronized @Nullable Use take(String key, Use use) {
        return inUse.putIfAbsent(key, use);
    }

    private synchronized Use use(String key) {
        Use use = inUse.get(key);
        if (use == null) {
            throw new IllegalStateException("key " + key + " was answered without being claimed");
        }
        return use;
    }

    private StoredResponse response(RequestAnswered kept) {
        Map<String, String> headers = json.readValue(kept.headers(), new TypeReference<>() {});
        return new StoredResponse(kept.status(), headers, kept.body());
    }
}
