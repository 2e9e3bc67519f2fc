package io.strandline.web.idempotency;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps keys in a map, for tests of the filter. */
class InMemoryIdempotencyStore implements IdempotencyStore {

    private record Entry(KeyedRequest request, @Nullable StoredResponse response) {}

    private final Map<String, Entry> entries = new HashMap<>();
    boolean readOnly;

    synchronized boolean holds(String key) {
        return entries.containsKey(key);
    }

    @Override
    public synchronized Claim claim(KeyedRequest request) {
        String key = request.key();
        Entry entry = entries.get(key);
        if (entry == null) {
            entries.put(key, new Entry(request, null));
            return new Claim.Granted();
        }
        if (entry.response() == null && entry.request().mayBe(request)) {
            return new Claim.Running();
        }
        if (!entry.request().fingerprint().equals(request.fingerprint())) {
            return new Claim.OtherRequest();
        }
        return entry.response() == null ? new Claim.OtherRequest() : new Claim.Answered(entry.response());
    }

    @Override
    public synchronized void complete(String key, StoredResponse response) {
        if (readOnly) {
            throw new StrandlineException(ErrorCode.READ_ONLY, "as the test wants");
        }
        entries.computeIfPresent(key, (same, entry) -> new Entry(entry.request(), response));
    }

    @Override
    public synchronized void release(String key) {
        entries.remove(key);
    }
}
