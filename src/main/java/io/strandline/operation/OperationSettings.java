package io.strandline.operation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of long-running work.
 *
 * @param threads operations that run at the same time
 * @param queue operations that may wait for a thread; more are refused with 429
 */
@ConfigurationProperties("strandline.operations")
public record OperationSettings(
        @DefaultValue("8") int threads, @DefaultValue("100") int queue) {

    public OperationSettings {
        if (threads < 1 || queue < 1) {
            throw new IllegalArgumentException(
                    "strandline.operations.threads and .queue must be at least 1, not " + threads + " and " + queue);
        }
    }
}
