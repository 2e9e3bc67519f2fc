package io.strandline.web.idempotency;

import io.strandline.catalog.Cause.RequestKey;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps keys in a map, for tests of the filter. */
class InMemoryIdempotencyStore implements IdempotencyStore {

    private record Entry(String fingerprint, @Nullable StoredResponse response) {}

    private final Map<String, Entry> entries = new HashMap<>();
    boolean readOnly;

    synchronized boolean holds(String key) {
        return entries.containsKey(key);
    }

    @Override
    public synchronized Claim claim(RequestKey request) {
        String key = request.key();
        String fingerprint = request.fingerprint();
        Entry entry = entries.get(key);
        if (entry == null) {
            entries.put(key, new Entry(fingerprint, null));
            return new Claim.Granted();
        }
        if (!entry.fingerprint().equals(fingerprint)) {
            return new Claim.OtherRequest();
        }
        return entry.response() == null ? new Claim.Running() : new Claim.Answered(entry.response());
    }

    @Override
    public synchronized void complete(String key, StoredResponse response) {
        if (readOnly) {
            throw new StrandlineException(ErrorCode.READ_ONLY, "as the test wants");
        }
        entries.computeIfPresent(key, (same, entry) -> new Entry(entry.fingerprint(), response));
    }

    @Override
    public synchronized void release(String key) {
        entries.remove(key);
    }
}
