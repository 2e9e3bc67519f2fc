package io.strandline.web.idempotency;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.work.Answers;
import io.strandline.catalog.work.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps answers in the journal, behind the effects they answer for; where a crash came between the two, the answer is made
 * anew of the effect. Which keys are in use right now is known to the process alone, as its requests are.
 */
@Component
class JournaledAnswers implements IdempotencyStore {

    private static final Cause CAUSE = Cause.system("answer kept for its Idempotency-Key");

    private final Ledger ledger;
    private final Answers answers;
    private final RebuiltAnswers rebuilt;
    private final JsonMapper json;
    private final Map<String, KeyedRequest> inUse = new HashMap<>();

    JournaledAnswers(Ledger ledger, Answers answers, RebuiltAnswers rebuilt, JsonMapper json) {
        this.ledger = ledger;
        this.answers = answers;
        this.rebuilt = rebuilt;
        this.json = json;
    }

    @Override
    public Claim claim(KeyedRequest request) {
        KeyedRequest other = take(request);
        if (other != null) {
            return other.mayBe(request) ? new Claim.Running() : new Claim.OtherRequest();
        }
        boolean granted = false;
        try {
            // asked only once the key is taken, so that an answer which was just kept is always seen
            Claim claim = settled(request);
            granted = claim instanceof Claim.Granted;
            return claim;
        } finally {
            if (!granted) {
                release(request.key());
            }
        }
    }

    private Claim settled(KeyedRequest request) {
        Optional<RequestAnswered> answer = answers.answer(request.key());
        if (answer.isPresent()) {
            return answer.get().fingerprint().equals(request.fingerprint())
                    ? new Claim.Answered(response(answer.get()))
                    : new Claim.OtherRequest();
        }
        List<Effect> effects = answers.effects(request.key());
        if (effects.isEmpty()) {
            return new Claim.Granted();
        }
        return effects.get(0).fingerprint().equals(request.fingerprint())
                ? new Claim.Answered(rebuilt.of(effects))
                : new Claim.OtherRequest();
    }

    @Override
    public void complete(String key, StoredResponse response) {
        KeyedRequest use = use(key);
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

    private synchronized @Nullable KeyedRequest take(KeyedRequest request) {
        return inUse.putIfAbsent(request.key(), request);
    }

    private synchronized KeyedRequest use(String key) {
        KeyedRequest use = inUse.get(key);
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
