package io.strandline.api.type;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java record, part by part of its canonical constructor. */
final class RecordType<R extends Record> extends StructType<R> {

    private final Class<R> of;
    private final Constructor<R> constructor;
    private final List<Method> accessors;
    private final R initial;

    /** @param initial what its components start with where nothing was stored; null for zeros and empty values */
    RecordType(Class<R> of, List<Type<?>> types, @Nullable R initial) {
        super(
                Arrays.stream(of.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList(),
                types);
        this.of = of;
        try {
            this.constructor = of.getDeclaredConstructor(Arrays.stream(of.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(of + " has no canonical constructor", e);
        }
        this.constructor.setAccessible(true);
        this.accessors = Arrays.stream(of.getRecordComponents())
                .map(RecordComponent::getAccessor)
                .toList();
        this.accessors.forEach(accessor -> accessor.setAccessible(true));
        this.initial = initial == null ? of(types.stream().map(Type::zero).toArray()) : initial;
    }

    @Override
    public R check(@Nullable Object value) {
        if (!of.isInstance(value)) {
            throw misfit(value);
        }
        return of.cast(value);
    }

    @Override
    R zero() {
        return initial;
    }

    @Override
    Object[] parts(R value) {
        Object[] parts = new Object[accessors.size()];
        for (int i = 0; i < parts.length; i++) {
            try {
                parts[i] = accessors.get(i).invoke(value);
            } catch (ReflectiveOperationException e) {
                throw failed(e);
            }
        }
        return parts;
    }

    @Override
    R of(Object[] parts) {
        try {
            return constructor.newInstance(parts);
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    private ValueMisfitException failed(ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException thrown ? thrown.getTargetException() : e;
        ValueMisfitException misfit =
                new ValueMisfitException("%s refuses its own parts: %s".formatted(of.getName(), cause));
        misfit.initCause(cause);
        return misfit;
    }
}
