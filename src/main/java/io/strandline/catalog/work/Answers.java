package io.strandline.catalog.work;

import io.strandline.catalog.OperationChange.RequestAnswered;
import java.util.Optional;

/** Answers kept for idempotency keys; written as {@link RequestAnswered}. */
public interface Answers {

    /** What the request with this key was answered, empty when there was none or it has expired. */
    Optional<RequestAnswered> answer(String key);
}
