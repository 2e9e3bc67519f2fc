package io.strandline.snapshot;

import java.util.List;

/**
 * One operator in a version.
 *
 * @param name the operator's name, its identity across pipelines
 * @param watermark the least watermark of its subtasks, epoch milliseconds ({@code Long.MIN_VALUE} before the first)
 * @param states its keyed states and timers
 */
public record OperatorContent(String name, long watermark, List<StateContent> states) {

    public OperatorContent {
        states = List.copyOf(states);
    }
}
