package io.strandline.catalog.work;

import io.strandline.catalog.OperationChange.RequestAnswered;
import java.util.List;
import java.util.Optional;

/** Answers kept for idempotency keys; written as {@link RequestAnswered}. */
public interface Answers {

    /**
     * What the request with this key changed, in the order it did; empty when it changed nothing or the key has expired.
     *
     * @throws io.strandline.problem.StrandlineException {@code catalog-unavailable} when that cannot be told now
     */
    List<Effect> effects(String key);

    /** What the request with this key was answered, empty when there was none or it has expired. Answers count once they are in the journal. */
    Optional<RequestAnswered> answer(String key);
}
