package io.strandline.api.type;

import io.strandline.snapshot.ColumnType;
import org.jspecify.annotations.Nullable;

/** Whatever takes a content of its own length: encoded as a whole unless a type knows better. */
abstract class ContentType<T> extends Type<T> {

    ContentType(ColumnType column, String shape) {
        super(column, shape);
    }

    @Override
    long toWord(T value) {
        throw new IllegalStateException(this + " takes more than a word");
    }

    @Override
    T ofWord(long word) {
        throw new IllegalStateException(this + " takes more than a word");
    }

    @Override
    byte[] toContent(T value) {
        return encode(value);
    }

    @Override
    T ofContent(byte[] content) {
        return content.length == 0 ? zero() : decode(content);
    }

    /** A string. */
    static final class Text extends ContentType<String> {

        Text() {
            super(ColumnType.STRING, "string");
        }

        @Override
        public String check(@Nullable Object value) {
            if (value instanceof String text) {
                return text;
            }
            throw misfit(value);
        }

        @Override
        String zero() {
            return "";
        }

        @Override
        void write(String value, ByteSink out) {
            out.putString(value);
        }

        @Override
        String read(ByteSource in) {
            return in.getString();
        }

        @Override
        byte[] toContent(String value) {
            return value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        String ofContent(byte[] content) {
            return new String(content, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Bytes as they are. */
    static final class Raw extends ContentType<byte[]> {

        Raw() {
            super(ColumnType.BYTES, "bytes");
        }

        @Override
        public byte[] check(@Nullable Object value) {
            if (value instanceof byte[] bytes) {
                return bytes;
            }
            throw misfit(value);
        }

        @Override
        byte[] zero() {
            return new byte[0];
        }

        @Override
        void write(byte[] value, ByteSink out) {
            out.putContent(value);
        }

        @Override
        byte[] read(ByteSource in) {
            return in.getContent();
        }

        @Override
        byte[] toContent(byte[] value) {
            return value;
        }

        @Override
        byte[] ofContent(byte[] content) {
            return content;
        }
    }
}
