package io.strandline.api.stream;

import io.strandline.api.operator.ProcessFactory;
import io.strandline.engine.graph.Exchange;

/** A stream of which every subtask of what it is connected to gets every value, such as rules that change while a job runs. */
public final class BroadcastStream<T> {

    private final DataStream<T> stream;

    BroadcastStream(DataStream<T> stream) {
        this.stream = stream;
    }

    ConnectedStreams.Input<T> input() {
        return new ConnectedStreams.Input<>(stream, new Exchange.Broadcast());
    }

    ProcessFactory.Other<T> other() {
        return new ProcessFactory.Other<>(stream.form(), null);
    }
}
