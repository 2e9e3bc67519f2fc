package io.strandline.engine.connector.inbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads a segment's frames in order, as far as the caller says that they are durable. */
final class FrameReader implements Closeable {

    private final Segment segment;
    private final FileChannel channel;
    private ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private long position;

    FrameReader(Segment segment) throws IOException {
        this.segment = segment;
        this.channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
    }

    /** Where the next frame begins. */
    long position() {
        return position;
    }

    long size() throws IOException {
        return channel.size();
    }

    /**
     * The body of the next frame that ends at or before {@code limit}; null when there is none.
     *
     * @throws DamagedInboxException when what lies there is no frame
     */
    @Nullable
    ByteBuffer next(long limit) throws IOException {
        if (limit - position < Frame.HEADER_BYTES) {
            return null;
        }
        ByteBuffer header = fill(position, Frame.HEADER_BYTES);
        int length = header.limit() < Frame.HEADER_BYTES ? -1 : Frame.bodyLength(header, 0);
        if (length < 0) {
            throw damaged();
        }
        if (position + Frame.HEADER_BYTES + length > limit) {
            return null;
        }
        ByteBuffer frame = fill(position, Frame.HEADER_BYTES + length);
        if (!Frame.intact(frame, 0)) {
            throw damaged();
        }
        position += Frame.HEADER_BYTES + length;
        return frame.position(Frame.HEADER_BYTES);
    }

    /** Whether an intact frame begins anywhere behind {@code from}: then what lies at it is damage, not a torn end. */
    boolean frameBehind(long from) throws IOException {
        long rest = channel.size() - from;
        ByteBuffer bytes = fill(from, (int) Math.min(rest, Frame.LONGEST_BODY));
        for (int at = 1; at <= bytes.limit() - Frame.HEADER_BYTES; at++) {
            if (Frame.intact(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private ByteBuffer fill(long from, int bytes) throws IOException {
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(Math.max(bytes, Math.min(Frame.LONGEST_BODY, buffer.capacity() * 2)));
        }
        buffer.clear().limit(bytes);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // until there are enough, or the file ends
        }
        return buffer.flip();
    }

    private DamagedInboxException damaged() {
        return new DamagedInboxException(
                segment.file().getFileName() + " is damaged at byte " + position + ": what lies there is no push");
    }
}
