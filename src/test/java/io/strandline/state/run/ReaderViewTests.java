package io.strandline.state.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.ValueConversion;
import io.strandline.state.KeyBuffer;
import io.strandline.state.RunWriter;
import io.strandline.storage.BlobReader;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which files a view holds open, and what it shows of them. */
class ReaderViewTests {

    private static final KeyGroupRange ALL = new KeyGroupRange(0, 3);

    private final SnapshotStore real = new MemorySnapshotStore(1 << 20, Clock.systemUTC());
    private final List<String> open = new ArrayList<>();
    private int mayOpen = Integer.MAX_VALUE;
    private int written;
    private final ReaderView view = new ReaderView(new RunFiles(counting(), List.of(new FlatRunFormat())));

    @AfterEach
    void closeStore() throws IOException {
        real.close();
    }

    @Test
    void holdsEachFileOpenOnceForAsLongAsItIsShown() throws IOException {
        Run first = run(1, 10);
        Run second = run(2, 20);
        view.show(List.of(first, second));
        assertThat(open).hasSize(2);

        view.show(List.of(second, second.within(new KeyGroupRange(0, 1))));
        assertThat(open).containsExactly(second.blob().digest().hex());

        view.close();
        assertThat(open).isEmpty();
    }

    @Test
    void closesWhatItOpenedWhenAnotherFileCannotBeOpened() throws IOException {
        Run first = run(1, 10);
        view.show(List.of(first));
        mayOpen = 1;

        Run second = run(2, 20);
        Run third = run(3, 30);
        assertThatThrownBy(() -> view.show(List.of(first, second, third))).hasMessage("no more files");

        assertThat(open)
                .as("what is still shown")
                .containsExactly(first.blob().digest().hex());
        assertThat(valueOf(1)).isEqualTo(10);
    }

    @Test
    void showsOneFileAsItIsAndConverted() throws IOException {
        Run whole = run(1, 10);
        Run widened = new Run(
                1,
                0,
                new KeyGroupRange(0, 0),
                1,
                0,
                whole.blob(),
                new ValueConversion(List.of(ColumnType.LONG), List.of(new ValueConversion.Added(77))));

        view.show(List.of(whole));
        assertThat(valueOf(1)).isEqualTo(10);
        view.show(List.of(widened));
        assertThat(valueOf(1)).isEqualTo(77);
        view.show(List.of(widened, whole));
        assertThat(valueOf(1)).isEqualTo(10);

        view.close();
        assertThat(open).isEmpty();
    }

    private @Nullable Long valueOf(long key) throws IOException {
        LookupBatch batch = new LookupBatch();
        batch.nextKey().putKeyGroup(0);
        batch.nextKey().putLong(key);
        batch.add(0);
        view.lookup(batch);
        return batch.isFound(0) ? batch.value(0).getLong() : null;
    }

    /** A file with the key and the value, in key group 0. */
    private Run run(long key, long value) throws IOException {
        KeyBuffer stored = new KeyBuffer();
        stored.putKeyGroup(0);
        stored.putLong(key);
        try (Staging area = real.openStaging("test-" + written++);
                StagedFile file = area.create("run");
                RunWriter writer = new FlatRunFormat().writer(file)) {
            writer.put(
                    ByteBuffer.wrap(stored.bytes(), 0, stored.length()),
                    ByteBuffer.allocate(Long.BYTES).putLong(0, value));
            StagedBlob staged = writer.finish();
            area.publish(List.of(staged));
            area.committed();
            return new Run(key, 0, ALL, 1, 0, staged.blob());
        }
    }

    private SnapshotStore counting() {
        return (SnapshotStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("open")) {
                        return call(real, method, arguments);
                    }
                    if (mayOpen-- <= 0) {
                        throw new IOException("no more files");
                    }
                    return counted(arguments[0].toString(), (BlobReader) call(real, method, arguments));
                });
    }

    private BlobReader counted(String digest, BlobReader reader) {
        String name = digest.substring(digest.indexOf(':') + 1);
        open.add(name);
        return (BlobReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BlobReader.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open.remove(name);
                    }
                    return call(reader, method, arguments);
                });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
