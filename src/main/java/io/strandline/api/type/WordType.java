package io.strandline.api.type;

import io.strandline.snapshot.ColumnType;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A scalar that takes one word. */
final class WordType<T> extends Type<T> {

    private final Class<T> of;
    private final ToLongFunction<T> toWord;
    private final LongFunction<T> ofWord;

    WordType(ColumnType column, String shape, Class<T> of, ToLongFunction<T> toWord, LongFunction<T> ofWord) {
        super(column, shape);
        this.of = of;
        this.toWord = toWord;
        this.ofWord = ofWord;
    }

    /** One that is made out of another class's values. */
    static <T> WordType<T> whole(
            ColumnType column, String shape, Class<T> of, Function<T, Long> to, LongFunction<T> from) {
        return new WordType<>(column, shape, of, to::apply, from);
    }

    @Override
    public T check(@Nullable Object value) {
        if (!of.isInstance(value)) {
            throw misfit(value);
        }
        return of.cast(value);
    }

    @Override
    T zero() {
        return ofWord.apply(0);
    }

    @Override
    void write(T value, ByteSink out) {
        if (columnType() == ColumnType.DOUBLE) {
            out.putDouble(Double.longBitsToDouble(toWord(value)));
        } else {
            out.putLong(toWord(value));
        }
    }

    @Override
    T read(ByteSource in) {
        return ofWord(columnType() == ColumnType.DOUBLE ? Double.doubleToLongBits(in.getDouble()) : in.getLong());
    }

    @Override
    long toWord(T value) {
        return toWord.applyAsLong(value);
    }

    @Override
    T ofWord(long word) {
        return ofWord.apply(word);
    }

    @Override
    byte[] toContent(T value) {
        throw new IllegalStateException(this + " takes a word");
    }

    @Override
    T ofContent(byte[] content) {
        throw new IllegalStateException(this + " takes a word");
    }
}
