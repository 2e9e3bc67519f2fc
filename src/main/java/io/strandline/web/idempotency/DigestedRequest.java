package io.strandline.web.idempotency;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request whose body is digested as it is read, by whoever reads it. */
final class DigestedRequest extends HttpServletRequestWrapper {

    private static final int CHUNK = 1 << 16;

    /** No fingerprint: a body that is too long for any handler is that of no other request. */
    private static final String TOO_LONG = "too long";

    private final MessageDigest digest;
    private final long mostBytes;
    private Consumer<String> listener = fingerprint -> {};
    private @Nullable ServletInputStream in;
    private @Nullable String fingerprint;

    /**
     * Begins with what {@code digest} has taken already.
     *
     * @param mostBytes of a body that is read to its end only to be compared
     */
    DigestedRequest(HttpServletRequest request, MessageDigest digest, long mostBytes) {
        super(request);
        this.digest = digest;
        this.mostBytes = mostBytes;
    }

    /** Has {@code other} told of the fingerprint as soon as the last byte has been read. */
    void whenRead(Consumer<String> other) {
        listener = other;
    }

    /** The fingerprint, null while there is more to read. */
    @Nullable
    String fingerprint() {
        return fingerprint;
    }

    /** The fingerprint, for which the rest is read. */
    String readToEnd() {
        try {
            byte[] chunk = new byte[CHUNK];
            long left = mostBytes;
            while (fingerprint == null && left >= 0) {
                left -= Math.max(0, getInputStream().read(chunk));
            }
            return fingerprint == null ? TOO_LONG : fingerprint;
        } catch (IOException broken) {
            throw new StrandlineException(
                    ErrorCode.REQUEST_TIMEOUT, "The body stopped arriving; send the request again.", broken);
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (in == null) {
            in = new DigestedBody(super.getInputStream());
        }
        return in;
    }

    private void ended() {
        if (fingerprint == null) {
            fingerprint = HexFormat.of().formatHex(digest.digest());
            listener.accept(fingerprint);
        }
    }

    /** The body as it passes. */
    private final class DigestedBody extends ServletInputStream {

        private final ServletInputStream body;

        private DigestedBody(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            if (next < 0) {
                ended();
            } else {
                digest.update((byte) next);
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = body.read(target, offset, length);
            if (count < 0) {
                ended();
            } else {
                digest.update(target, offset, count);
            }
            return count;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener readListener) {
            body.setReadListener(readListener);
        }
    }
}
