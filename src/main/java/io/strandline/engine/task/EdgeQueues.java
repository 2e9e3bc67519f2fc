package io.strandline.engine.task;

import io.strandline.engine.channel.Channel;
import java.util.List;

/**
 * The queues between the subtasks at both ends of an edge; none when the edge is chained. Read by anyone.
 *
 * @param channels all of them
 */
public record EdgeQueues(List<Channel> channels) {

    /** Of an edge without queues. */
    public static final EdgeQueues NONE = new EdgeQueues(List.of());

    public EdgeQueues {
        channels = List.copyOf(channels);
    }

    /** Elements that wait in them, about. */
    public long waiting() {
        return channels.stream().mapToLong(Channel::waiting).sum();
    }

    /** Most elements that can. */
    public long capacity() {
        return channels.stream().mapToLong(Channel::capacity).sum();
    }
}
